package main

// sending is what one system sends in its story. {id} is another one each time,
// {login} is the account of whoever it is about, {who} their record, {n} the number of
// an applicant in the simulator.
type sending struct {
	body string
	// record is where it arrives: SOURCE/ID, with {n} in it; empty: on {who}.
	record string
	// arrives is a word of the record or of its events that shows that it did.
	arrives string
}

// sendings are by the name of the system. Where people apply an event is only a
// hint: what it names is asked for at the simulator; so it is with identity vendors
// that are asked back, whose event says that it is still running.
var sendings = map[string]sending{
	"ashby":             {`{"action":"candidateStageChange","data":{"application":{"id":"{n}"}},"webhookActionId":"{id}"}`, "ashby/{n}", "Muster"},
	"bamboohr":          {`{"type":"employee.updated","timestamp":"2026-04-01T08:00:00+0000","data":{"employeeId":"{login}","changedFields":["bankAccount"],"at":"{id}"}}`, "", `"field":"payouts"`},
	"deel":              {`{"data":{"meta":{"event_type":"worker.payment_method.updated","occurred_at":"2026-04-01T08:00:00Z","event_id":"{id}"},"resource":[{"worker_email":"{login}"}]}}`, "", `"field":"payouts"`},
	"greenhouse":        {`{"action":"update_candidate","payload":{"candidate":{"id":{n}},"at":"{id}"}}`, "greenhouse/candidate-{n}", "Muster"},
	"jamf":              {`{"event":{"serialNumber":"S2","emailAddress":"{login}","udid":"u","ipAddress":"203.0.113.9"},"webhook":{"eventTimestamp":1775030400000,"id":"{id}"}}`, "", `"serial":"S2"`},
	"lever":             {`{"event":"candidateStageChange","data":{"opportunityId":"{n}"}}`, "lever/{n}", "Muster"},
	"okta":              {`{"eventId":"{id}","data":{"events":[{"uuid":"{id}","published":"2026-04-01T08:00:00.000Z","eventType":"user.session.start","actor":{"alternateId":"{login}"},"client":{"ipAddress":"203.0.113.9"},"outcome":{"result":"SUCCESS"}}]}}`, "", `"kind":"sign-in"`},
	"onfido":            {`{"payload":{"resource_type":"workflow_run","action":"workflow_run.completed","object":{"id":"w-{id}","status":"approved","completed_at_iso8601":"2026-10-28T15:00:39Z"},"resource":{"customer_user_id":"{who}"}}}`, "", "identity.pass"},
	"persona":           {`{"data":{"type":"event","id":"evt_{id}","attributes":{"name":"inquiry.approved","payload":{"data":{"type":"inquiry","id":"inq_{id}","attributes":{"status":"approved","referenceId":"{who}","completedAt":"2026-09-09T22:44:51.000Z"}}}}}}`, "", "identity.pass"},
	"personio":          {`{"event_name":"recruiting.candidate.updated","occurred_at":"2026-04-01T08:00:00Z","payload":{"id":"{n}"},"meta":{"id":"{id}"}}`, "personio/candidate-{n}", "Muster"},
	"recruitee":         {`{"event_type":"candidate_moved","payload":{"candidate":{"id":{n}},"at":"{id}"}}`, "recruitee/candidate-{n}", "Muster"},
	"smartrecruiters":   {`{"candidate_id":"{n}"}`, "smartrecruiters/candidate-{n}", "Muster"},
	"standard-webhooks": {`{"id":"own-{n}","source":"form","received_at":"2026-03-02T09:00:00Z","person":{"name":"Inês Muster"}}`, "form/own-{n}", "Muster"},
	"stripe":            {`{"id":"evt_{id}","object":"event","type":"identity.verification_session.processing","created":1790000000,"data":{"object":{"object":"identity.verification_session","id":"vs_{id}","created":1790000000,"livemode":true,"client_reference_id":"{who}","status":"processing"}}}`, "", "identity.pass"},
	"sumsub":            {`{"applicantId":"a-{id}","externalUserId":"{who}","type":"applicantReviewed","sandboxMode":false,"reviewStatus":"completed","createdAtMs":"2026-02-21 13:23:19.002","reviewResult":{"reviewAnswer":"GREEN"}}`, "", "identity.pass"},
	"teamtailor":        {`{"event_name":"candidate.update","data":{"id":"{n}","type":"candidates"},"at":"{id}"}`, "teamtailor/candidate-{n}", "Muster"},
	"veriff":            {`{"status":"success","verification":{"id":"v-{id}","code":9103,"status":"resubmission_requested","vendorData":"{who}"}}`, "", "identity.inconclusive"},
	"wise":              {`{"id":"{login}","confirmations":{"outcomes":[{"type":"NAME_MATCHING","outcome":"PARTIAL_FAILURE","timestamp":"2026-04-01T08:00:00Z"}]},"at":"{id}"}`, "", `"outcome":"close-match"`},
	"workable":          {`{"event_type":"candidate_moved","data":{"id":"{n}","at":"{id}"}}`, "workable/{n}", "Muster"},
}

// signedOnly is what those send whose signature can be verified and who are read by nobody yet.
const signedOnly = `{"id":"evt_1","type":"report.completed"}`

// saved is one line of what a system saved, read from a file, and a word of what it says.
var saved = map[string][2]string{
	"bamboohr-employees": {`{"type":"employee.updated","timestamp":"2026-04-01T08:00:00+0000","data":{"employeeId":"7","changedFields":["bankAccount"]}}`, `"field":"payouts"`},
	"crowdstrike":        {`{"aid":"a1","event":{"ImageFileName":"\\Device\\Disk\\anydesk.exe","UserName":"nora"}}`, `"value":"anydesk.exe"`},
	"deel":               {`{"data":{"meta":{"event_type":"worker.payment_method.updated"},"resource":[{"worker_email":"nora@firm.example"}]}}`, `"field":"payouts"`},
	"defender":           {`{"id":"m1","computerDnsName":"mac-of-nora","lastSeen":"2026-04-01T08:00:00Z","lastExternalIpAddress":"203.0.113.9"}`, `"account":"mac-of-nora"`},
	"entra":              {`{"value":[{"id":"e1","createdDateTime":"2026-04-01T08:00:00Z","userPrincipalName":"nora@firm.example","status":{"errorCode":0}}]}`, `"kind":"sign-in"`},
	"github-audit":       {`{"_document_id":"d1","action":"git.clone","actor":"nora","@timestamp":1775030400000,"repo":"firm/core"}`, `"kind":"clone"`},
	"google-workspace":   {`{"items":[{"id":{"time":"2026-04-01T08:00:00.000Z","uniqueQualifier":"9","applicationName":"login"},"actor":{"email":"nora@firm.example"},"events":[{"type":"login","name":"login_success"}]}]}`, `"kind":"sign-in"`},
	"intune":             {`{"value":[{"id":"i1","userPrincipalName":"nora@firm.example","serialNumber":"S1"}]}`, `"serial":"S1"`},
	"jamf":               {`{"event":{"serialNumber":"S2","emailAddress":"nora@firm.example","udid":"u"},"webhook":{"eventTimestamp":1775030400000}}`, `"serial":"S2"`},
	"okta":               {`{"uuid":"u1","published":"2026-04-01T08:00:00.000Z","eventType":"user.session.start","actor":{"alternateId":"nora@firm.example"},"outcome":{"result":"SUCCESS"}}`, `"kind":"sign-in"`},
	"wise":               {`{"id":4,"confirmations":{"outcomes":[{"type":"NAME_MATCHING","outcome":"SUCCESS"}]}}`, `"outcome":"match"`},
}
