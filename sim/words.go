package sim

import "strings"

// The word stock of résumés, answers and references. Sentences are put
// together from short pieces with invented project names and numbers between
// them, so that two people share whole sentences only where they would in life:
// stock phrases, templates, agencies, a course taken together, or one author.

func list(s string) []string {
	all := strings.Split(s, ",")
	for i := range all {
		all[i] = strings.TrimSpace(all[i])
	}
	return all
}

type wordStock struct {
	verbs, qualities, things, purposes, audiences, causes, gains, tails, events, firmHeads, firmTails, syllables, titles, degrees, schools, subjects []string
	stock, stockAnswers, skillsSoft                                                                                                                  []string
	technologies                                                                                                                                     []technology
	questions                                                                                                                                        []string
}

// technology with the year of its first public release, from the projects' own
// announcements; resumes of honest people respect it.
type technology struct {
	name string
	year int
}

func loadWords() *wordStock {
	return &wordStock{
		verbs:      list("Built,Rebuilt,Designed,Delivered,Owned,Migrated,Extended,Shipped,Maintained,Replaced,Split,Hardened,Automated,Refactored,Introduced,Led work on,Took over,Prototyped,Documented,Simplified,Rolled out,Scaled,Stabilised,Tuned,Wrote,Planned,Launched,Integrated,Consolidated,Retired,Ported,Reviewed,Instrumented,Co-designed,Unified,Rescued,Untangled,Bootstrapped,Modernised,Debugged"),
		qualities:  list("internal,customer-facing,multi-tenant,nightly,event-driven,legacy,regional,offline-first,real-time,batch,high-volume,partner,self-service,mobile,read-heavy,audit-proof,modular,streaming,regulated,seasonal,white-label,distributed,shared,greenfield,bilingual,data-heavy,low-latency,compliance"),
		things:     list("billing pipeline,checkout flow,claims intake,ticket router,fleet tracker,loan ledger,booking engine,search index,recommendation feed,warehouse scanner app,tariff calculator,meter-reading gateway,patient portal,exam platform,payroll export,fraud desk console,invoice matcher,shipment planner,catalogue sync,notification hub,identity gateway,permission service,report builder,media transcoder,quote generator,telemetry collector,config store,release train,build farm,test harness,data lake loader,price feed,order book replica,map tile server,chat backend,survey tool,loyalty programme,donation site,crew roster,spare-parts finder,menu planner,ad scheduler,sensor dashboard,leasing workflow,document archive,translation memory,rate limiter,feature flag service,load generator,consent manager,referral tracker,subscription core,archive search,seat map,timetable service,grant portal,maintenance planner,route optimiser,stock counter,audit log"),
		purposes:   list("so that support could answer without engineering,to meet a hard regulatory date,after a failed vendor roll-out,as the first hire of the team,while the old system kept running,ahead of the summer season,on a fixed budget,together with the operations desk,for the launch in two new markets,to end weekly manual exports,in a pair with the tech lead,without a maintenance window,after an audit finding,behind a feature flag,with a small remote team,for field staff on old phones,in time for the annual closing,under strict privacy rules,at the request of the sales team,during a merger of two platforms,with contract tests from day one,on hardware the client owned,to replace a spreadsheet,with zero lost orders,as part of a cost programme,against a moving specification,after two earlier attempts,with weekly demos to users,for the accessibility review,while mentoring a trainee"),
		audiences:  list("dispatchers,nurses,store managers,couriers,accountants,teachers,planners,merchants,brokers,volunteers,technicians,residents,drivers,editors,analysts,clerks,tenants,students,farmers,pharmacists,guests,auditors,installers,recruiters,underwriters,engineers"),
		causes:     list("a leaking connection pool,unbounded retries,a missing index,clock drift,chatty polling,a full table scan,lock contention,duplicate events,oversized payloads,cold caches,a hot partition,stale DNS,blocking log writes,an N+1 query,fragile cron jobs,a slow serializer,head-of-line blocking,uneven shards"),
		gains:      list("p95 latency,build time,monthly hosting cost,page weight,error rate,time to first byte,on-call pages,release lead time,memory per node,queue lag,import time,support tickets,failed payments,cold-start time,storage growth,flaky tests"),
		tails:      list("with a written runbook,measured over two quarters,kept since then,confirmed by the client,verified in production,documented for the next team,agreed with security,reviewed every month,shown to the board,without new hardware,ahead of plan,using half the budget,with one rollback,after three iterations"),
		events:     list("a regional outage,a data-centre move,a change of payment provider,a sudden rise in traffic,an expired certificate,a schema change,a security finding,the loss of a supplier,a botched upgrade,a holiday peak"),
		firmHeads:  list("Bright,North,Blue,Clear,Open,Swift,Iron,Silver,Green,Urban,Prime,Solid,Nova,Terra,Alto,Vital,Cobalt,Lumen,Delta,Vector,Orbit,Harbor,Summit,Cedar,Falcon,Ember,Quartz,Raven,Sierra,Tidal,Umbra,Willow"),
		firmTails:  list("Systems GmbH,Labs Ltd,Software Lda,Digital SA,Networks BV,Solutions SRL,Data AB,Technologies Inc,Studio SL,Logistics AG,Health Ltd,Energy SpA,Finance Group,Media OÜ,Commerce Sp. z o.o.,Mobility SAS,Insurance plc,Retail LLC,Analytics Pvt Ltd,Cloud KK,Interactive ApS,Engineering Co.,Telecom SA,Robotics GmbH"),
		syllables:  list("ba,be,bo,ca,ce,co,da,de,di,do,fa,fe,fi,fo,ga,go,ha,he,ho,ka,ke,ki,la,le,li,lo,ma,me,mi,mo,na,ne,ni,no,pa,pe,pi,po,ra,re,ri,ro,sa,se,si,so,ta,te"),
		titles:     list("Software Engineer,Backend Developer,Senior Software Engineer,Full-Stack Developer,Frontend Engineer,Platform Engineer,Site Reliability Engineer,Data Engineer,Mobile Developer,DevOps Engineer,QA Engineer,Senior Backend Developer,Cloud Engineer,Machine Learning Engineer,Staff Engineer,Security Engineer,Embedded Developer,Tech Lead,Solutions Engineer,Web Developer"),
		degrees:    list("BSc,MSc,BEng,Diploma,BA,MEng,Associate degree,Certificate"),
		schools:    list("Technical College,University,Polytechnic,Institute of Technology,School of Engineering,University of Applied Sciences,Open University,Academy"),
		subjects:   list("Computer Science,Software Engineering,Applied Mathematics,Electrical Engineering,Information Systems,Physics,Business Informatics,Statistics,Mechatronics,Geography,Economics,Linguistics"),
		skillsSoft: list("mentoring,code review,incident response,technical writing,roadmapping,pair programming,workshop facilitation,estimation,hiring,stakeholder updates"),
		technologies: []technology{
			{"Go", 2009}, {"Python", 1991}, {"Java", 1995}, {"TypeScript", 2012}, {"React", 2013}, {"Kotlin", 2011}, {"Rust", 2012}, {"C#", 2000}, {"PHP", 1995},
			{"Ruby on Rails", 2004}, {"Node.js", 2009}, {"Vue.js", 2014}, {"Angular", 2010}, {"Svelte", 2016}, {"Swift", 2014}, {"Flutter", 2017}, {"Elixir", 2012},
			{"Scala", 2004}, {"C++", 1985}, {"Django", 2005}, {"FastAPI", 2018}, {"Spring Boot", 2014}, {"Laravel", 2011}, {"Next.js", 2016}, {"PostgreSQL", 1996},
			{"MySQL", 1995}, {"MongoDB", 2009}, {"Redis", 2009}, {"Kafka", 2011}, {"RabbitMQ", 2007}, {"Elasticsearch", 2010}, {"ClickHouse", 2016}, {"Cassandra", 2008},
			{"Docker", 2013}, {"Kubernetes", 2014}, {"Terraform", 2014}, {"Ansible", 2012}, {"Jenkins", 2011}, {"GitHub Actions", 2018}, {"Prometheus", 2012}, {"Grafana", 2014},
			{"AWS Lambda", 2014}, {"Airflow", 2015}, {"Spark", 2014}, {"dbt", 2016}, {"Snowflake", 2014}, {"GraphQL", 2015}, {"gRPC", 2015}, {"OpenTelemetry", 2019},
			{"PyTorch", 2016}, {"TensorFlow", 2015}, {"Solidity", 2014}, {"Argo CD", 2018}, {"Istio", 2017}, {"NATS", 2011}, {"SQLite", 2000}, {"Playwright", 2020}, {"Cypress", 2015},
		},
		stock: []string{
			"Results-driven software professional with a proven track record of delivering high-quality solutions on time and within budget.",
			"Passionate about clean code, continuous learning and building products that make a real difference for users.",
			"Strong communicator who thrives in fast-paced, cross-functional teams and enjoys solving complex technical problems.",
			"Proven ability to translate business requirements into scalable, maintainable and well-tested technical solutions.",
			"Adept at collaborating with product managers, designers and stakeholders to deliver value in an agile environment.",
			"Detail-oriented engineer with extensive experience across the full software development life cycle.",
			"Spearheaded the migration from a monolithic architecture to microservices, improving scalability and deployment frequency.",
			"Collaborated with cross-functional teams to define, design and ship new features in two-week sprints.",
			"Implemented CI/CD pipelines that reduced deployment time and increased release confidence across the organisation.",
			"Mentored junior developers through code reviews, pair programming and regular knowledge-sharing sessions.",
			"Leveraged cloud-native technologies to build resilient, highly available and cost-effective distributed systems.",
			"Improved application performance by optimising database queries and introducing a multi-level caching strategy.",
			"Participated in all agile ceremonies including daily stand-ups, sprint planning, reviews and retrospectives.",
			"Wrote comprehensive unit and integration tests, raising overall code coverage and reducing regressions in production.",
			"Ensured adherence to industry best practices in security, accessibility and data protection across all projects.",
			"Committed to fostering an inclusive engineering culture built on trust, ownership and constructive feedback.",
			"Quick learner with the ability to adapt to new technologies and deliver under tight deadlines.",
			"Designed and developed RESTful APIs consumed by web and mobile clients with a strong focus on reliability.",
			"References and work samples are available upon request, subject to existing confidentiality agreements.",
			"I hereby consent to the processing of my personal data for the purposes of the recruitment process.",
		},
		questions: list("Why do you want to work with us?,Describe a production incident you handled.,What does good code review look like?,How do you work across time zones?,Which project are you most proud of?"),
		stockAnswers: []string{
			"I am excited about this opportunity because it combines my technical skills with a mission I genuinely care about, and I believe I can contribute from day one.",
			"I believe that clear communication and a culture of psychological safety are the foundation of every high-performing engineering team I have been part of.",
			"A good code review balances correctness, readability and empathy, and focuses on the change rather than on the person who wrote it.",
			"When working across time zones I rely on written communication, overlapping core hours and well-documented decisions to keep everyone aligned.",
			"In every incident my first priority is to restore service, then to communicate transparently, and finally to learn from a blameless post-mortem.",
		},
	}
}
