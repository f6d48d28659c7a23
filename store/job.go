package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"fmt"
	"time"

	"bonafide/record"
)

// Job is durable work. It is added in the transaction of what it is about, and
// may finish in the transaction of its effect: delivery is at least once, the
// effect in this database once.
type Job struct {
	ID       string    `json:"id"`
	Tenant   string    `json:"tenant"`
	Kind     string    `json:"kind"`
	State    string    `json:"state"` // ready, leased, done, dead
	Args     []byte    `json:"-"`
	Subject  string    `json:"subject,omitempty"` // goes with the subject when it is erased
	Priority int       `json:"priority"`          // smaller first
	RunAt    time.Time `json:"run_at"`
	Attempt  int       `json:"attempt"`
	Attempts int       `json:"attempts"` // at most; then it is dead and shown
	Dedupe   string    `json:"-"`        // at most one unfinished job of this word
	Progress int64     `json:"progress"` // how far it came, in the job's own count
	Error    string    `json:"error,omitempty"`
	By       string    `json:"by"` // actor that added it
	Created  time.Time `json:"created"`
	Ended    time.Time `json:"ended,omitzero"`

	// Fence is the number of the lease: whoever holds an older one is refused.
	Fence      int64     `json:"-"`
	LeaseUntil time.Time `json:"-"`
}

const insertJob = "insert into jobs (tenant, id, kind, state, priority, run_at, attempt, attempts_most, fence, lease_until, worker, dedupe, subject, progress, error, created, ended, by_actor, sealed)" +
	" values ($1,$2,$3,'ready',$4,$5,0,$6,0,0,'',$7,$8,0,'',$9,0,$10,$11) on conflict (tenant, dedupe) where dedupe is not null do nothing"

// AddJob enqueues. added is false when an unfinished job has the same dedupe word.
func (t *Tx) AddJob(j Job) (id string, added bool, err error) {
	row, err := t.newJob(&j)
	if err != nil {
		return "", false, err
	}
	n, err := t.exec(insertJob, row...)
	if err != nil || n == 0 {
		return "", false, err
	}
	return j.ID, true, nil
}

// Enqueue is AddJob for who need not know which job will do it.
func (t *Tx) Enqueue(j Job) error {
	row, err := t.newJob(&j)
	if err != nil {
		return err
	}
	return t.put(insertJob, row...)
}

func (t *Tx) newJob(j *Job) ([]any, error) {
	if j.Attempts == 0 {
		j.Attempts = 12
	}
	if j.RunAt.IsZero() {
		j.RunAt = t.now
	}
	var dedupe any
	if j.Dedupe != "" {
		dedupe = j.Kind + " " + j.Dedupe
	}
	j.ID = NewID()
	sealed, err := t.sealJob(j.Subject, j.Args, j.ID)
	return []any{j.ID, j.Kind, int64(j.Priority), micros(j.RunAt), int64(j.Attempts), dedupe, j.Subject, micros(t.now), actorWord(t.actor), sealed}, err
}

func (t *Tx) sealJob(subject string, args []byte, id string) ([]byte, error) {
	if subject != "" {
		return t.seal(subject, args, "jobs", id)
	}
	return t.sealHouse(args, "jobs", id)
}

const leaseMost = 500 // jobs of one claim

// Claim leases up to n ready jobs of any tenant to a worker, each tenant in its
// turn, so that a busy one does not starve a quiet one. kinds empty: all. A job
// whose lease has run out is ready again, or dead if it has had all its attempts.
func (s *Store) Claim(ctx context.Context, worker string, kinds []string, lease time.Duration, n int) ([]Job, error) {
	if s.resting() {
		return nil, nil
	}
	n = min(n, leaseMost)
	house := record.Machine(House)
	var all []Job
	err := s.Update(ctx, house, func(t *Tx) error {
		all = nil
		if err := t.rescue(); err != nil {
			return err
		}
		tenants, err := t.readyTenants(worker)
		if err != nil || len(tenants) == 0 {
			return err
		}
		for share := max(1, (n+len(tenants)-1)/len(tenants)); len(all) < n && len(tenants) > 0; {
			var still []string
			for _, tenant := range tenants {
				got, err := t.claimOf(tenant, worker, kinds, lease, min(share, n-len(all)))
				if err != nil {
					return err
				}
				if all = append(all, got...); len(got) == share {
					still = append(still, tenant)
				}
				if len(all) >= n {
					break
				}
			}
			tenants = still
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for i := range all {
		j := &all[i]
		if j.Subject != "" {
			continue // opened by JobArgs, with an entry: it is a person's data
		}
		var sealed []byte
		err := s.View(ctx, record.Machine(j.Tenant), func(t *Tx) (err error) {
			if err := t.one("job", "select sealed from jobs where tenant = $1 and id = $2", []any{&sealed}, j.ID); err != nil {
				return err
			}
			j.Args, err = t.openHouse(sealed, "jobs", j.ID)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

// rescue frees jobs whose worker has gone.
func (t *Tx) rescue() error {
	_, err := t.quiet("update jobs set state = case when attempt >= attempts_most then 'dead' else 'ready' end, fence = fence + 1, error = 'lease ran out', worker = '',"+
		" ended = case when attempt >= attempts_most then cast($2 as bigint) else 0 end, dedupe = case when attempt >= attempts_most then null else dedupe end"+
		" where state = 'leased' and lease_until < $2 and (tenant = $1 or $1 = 'house')", micros(t.now))
	return err
}

// readyTenants lists tenants with ready jobs by seeking from one to the next,
// beginning at another place for each worker and moment.
func (t *Tx) readyTenants(worker string) ([]string, error) {
	var all []string
	after := ""
	for len(all) < 1000 {
		var next sql.NullString
		if err := t.one("jobs", nextTenant, []any{&next}, after); err != nil {
			return nil, err
		}
		if !next.Valid {
			break
		}
		after = next.String
		all = append(all, after)
	}
	if len(all) > 1 {
		turn := int(scatter(worker, t.now.UnixMicro()) % uint64(len(all)))
		all = append(all[turn:], all[:turn]...)
	}
	return all, nil
}

// nextTenant walks the index of ready jobs and takes its first row. Asked for
// min(tenant), PostgreSQL reads every ready job of the tenant that has most.
const nextTenant = "select (select tenant from jobs where $1 = 'house' and state = 'ready' and tenant > $2 order by tenant, priority, run_at, id limit 1)"

func scatter(word string, n int64) uint64 {
	h := sha256.Sum256(binary.BigEndian.AppendUint64([]byte(word), uint64(n)))
	return binary.BigEndian.Uint64(h[:])
}

func (t *Tx) claimOf(tenant, worker string, kinds []string, lease time.Duration, n int) ([]Job, error) {
	args := []any{tenant, micros(t.now)}
	q := "select id, kind, subject, priority, run_at, attempt, attempts_most, progress, by_actor, created, fence from jobs where $1 = 'house' and tenant = $2 and state = 'ready' and run_at <= $3"
	if len(kinds) > 0 {
		q += " and kind in (" + holes(&args, kinds) + ")"
	}
	args = append(args, int64(n))
	q += fmt.Sprintf(" order by priority, run_at, id limit $%d", len(args)+1) + t.store.engine.skipLocked()
	jobs, err := collect(t, q, func(s scan) (j Job, err error) {
		var runAt, created int64
		err = s(&j.ID, &j.Kind, &j.Subject, &j.Priority, &runAt, &j.Attempt, &j.Attempts, &j.Progress, &j.By, &created, &j.Fence)
		j.Tenant, j.State, j.RunAt, j.Created = tenant, "leased", moment(runAt), moment(created)
		return j, err
	}, args...)
	if err != nil {
		return nil, err
	}
	for i := range jobs {
		j := &jobs[i]
		j.Attempt++
		j.Fence++
		j.LeaseUntil = t.now.Add(lease)
		if _, err := t.quiet("update jobs set state = 'leased', attempt = $4, fence = $5, lease_until = $6, worker = $7 where $1 = 'house' and tenant = $2 and id = $3",
			tenant, j.ID, int64(j.Attempt), j.Fence, micros(j.LeaseUntil), worker); err != nil {
			return nil, err
		}
	}
	return jobs, nil
}

var errFenced = &record.Error{Code: record.CodeConflict, Where: "job", Message: "the lease is lost: another worker has it, or it is done"}

// JobArgs opens the arguments of a claimed job.
func (t *Tx) JobArgs(j Job) ([]byte, error) {
	var sealed []byte
	if err := t.one("job", "select sealed from jobs where tenant = $1 and id = $2", []any{&sealed}, j.ID); err != nil {
		return nil, err
	}
	if j.Subject != "" {
		return t.open(j.Subject, sealed, "jobs", j.ID)
	}
	return t.openHouse(sealed, "jobs", j.ID)
}

// HoldJob makes the lease longer and notes how far the job came. A lost lease is
// a conflict: stop, and leave no effect.
func (t *Tx) HoldJob(j Job, lease time.Duration, progress int64) error {
	n, err := t.quiet("update jobs set lease_until = $4, progress = $5 where tenant = $1 and id = $2 and fence = $3 and state = 'leased'",
		j.ID, j.Fence, micros(t.now.Add(lease)), progress)
	return changed(n, err, errFenced)
}

// FinishJob ends a job, in the transaction of its effect. If the lease was lost
// the transaction fails, and its effect with it.
func (t *Tx) FinishJob(j Job, progress int64) error {
	n, err := t.quiet("update jobs set state = 'done', ended = $4, progress = $5, dedupe = null, error = '' where tenant = $1 and id = $2 and fence = $3 and state = 'leased'",
		j.ID, j.Fence, micros(t.now), progress)
	return changed(n, err, errFenced)
}

// FailJob gives a job back: it runs again after a pause that doubles, up to an
// hour, spread by half; after its last attempt it is dead. why is a word of the
// house, never a personal value.
func (t *Tx) FailJob(j Job, why string) error {
	state, ended, runAt := "ready", int64(0), t.now.Add(pause(j))
	if j.Attempt >= j.Attempts {
		state, ended = "dead", micros(t.now)
	}
	n, err := t.quiet("update jobs set state = $4, run_at = $5, ended = $6, error = $7, dedupe = case when $4 = 'dead' then null else dedupe end"+
		" where tenant = $1 and id = $2 and fence = $3 and state = 'leased'", j.ID, j.Fence, state, micros(runAt), ended, why)
	return changed(n, err, errFenced)
}

func pause(j Job) time.Duration {
	d := min(time.Second<<min(j.Attempt, 12), time.Hour)
	return d/2 + time.Duration(scatter(j.ID, int64(j.Attempt))%uint64(d))
}

// RetryJob makes a dead job ready again.
func (t *Tx) RetryJob(id string) error {
	n, err := t.exec("update jobs set state = 'ready', attempt = 0, run_at = $3, ended = 0 where tenant = $1 and id = $2 and state = 'dead'", id, micros(t.now))
	return changed(n, err, conflict("job", "it is not there, or not dead"))
}

// JobLine is what became of one line of a bulk upload.
type JobLine struct {
	Line   int64  `json:"line"`
	Status string `json:"status"`
	Ref    string `json:"ref,omitempty"`    // id of what was made
	Detail string `json:"detail,omitempty"` // place and kind of an error, never a value
}

// SaveJobLines stores lines; a line that is there stays as it is.
func (t *Tx) SaveJobLines(job string, lines []JobLine) error {
	rows := make([][]any, len(lines))
	for i, l := range lines {
		rows[i] = []any{job, l.Line, l.Status, l.Ref, l.Detail}
	}
	return t.many("insert into job_lines (tenant, job, line, status, ref, detail) values ", " on conflict (tenant, job, line) do nothing", 6, rows)
}

// JobLines lists lines after one, in order.
func (t *Tx) JobLines(job string, after int64, limit int) ([]JobLine, error) {
	return collect(t, "select line, status, ref, detail from job_lines where tenant = $1 and job = $2 and line > $3 order by line limit $4", func(s scan) (l JobLine, err error) {
		return l, s(&l.Line, &l.Status, &l.Ref, &l.Detail)
	}, job, after, pageSize(limit))
}

// Job is one job, without its arguments.
func (t *Tx) Job(id string) (Job, error) {
	all, err := t.jobs("and id = $2", id)
	if err == nil && len(all) == 0 {
		err = missing("job")
	}
	if err != nil {
		return Job{}, err
	}
	return all[0], nil
}

// Jobs lists jobs in a state, oldest first.
func (t *Tx) Jobs(state string, limit int) ([]Job, error) {
	return t.jobs("and state = $2 order by created, id limit $3", state, pageSize(limit))
}

func (t *Tx) jobs(rest string, args ...any) ([]Job, error) {
	return collect(t, "select id, kind, state, subject, priority, run_at, attempt, attempts_most, progress, error, by_actor, created, ended from jobs where tenant = $1 "+rest, func(s scan) (j Job, err error) {
		var runAt, created, ended int64
		err = s(&j.ID, &j.Kind, &j.State, &j.Subject, &j.Priority, &runAt, &j.Attempt, &j.Attempts, &j.Progress, &j.Error, &j.By, &created, &ended)
		j.Tenant, j.RunAt, j.Created, j.Ended = t.tenant, moment(runAt), moment(created), moment(ended)
		return j, err
	}, args...)
}

// HurryJob brings an unfinished job forward to now; not found where there is none.
func (t *Tx) HurryJob(kind, dedupe string) error {
	n, err := t.exec("update jobs set run_at = $3 where tenant = $1 and dedupe = $2 and state = 'ready'", kind+" "+dedupe, micros(t.now))
	return changed(n, err, missing("job"))
}

// Stuck lists jobs of a kind that were tried and are not done: given back, or
// dead. Oldest first.
func (t *Tx) Stuck(kind string, limit int) ([]Job, error) {
	return t.jobs("and kind = $2 and error <> '' and state in ('ready', 'dead') order by created, id limit $3", kind, pageSize(limit))
}
