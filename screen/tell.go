package screen

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/checks"
	"bonafide/connect"
	"bonafide/record"
	"bonafide/store"
)

// What a SIEM is told is put into the outbox in the transaction of what it is
// about, line by line, and sent by a job of its own (tell_run.go): nothing is lost
// while the SIEM is away, and a person who is erased meanwhile is not told of.

const (
	toldPrefix   = "told/"
	topicOCSF    = "ocsf"
	topicRefused = "ocsf-refused" // the sink would not take the line; connect again sends it once more
	tellWait     = 2 * time.Second
	tellPriority = 6
)

// JobTell is the kind of job that sends lines to a SIEM.
const JobTell = "tell"

// told is what one sink is told: the choice of the tenant, apart from the keys, so
// that a screening need not open those.
type told struct {
	Events  bool `json:"events,omitempty"`
	Persons bool `json:"persons,omitempty"`
}

func tellJob(name string, at time.Time) store.Job {
	return store.Job{Kind: JobTell, Args: []byte(name), Dedupe: name, Priority: tellPriority, RunAt: at, Attempts: 48}
}

// saveTold keeps what a connector is told; nothing where it is not.
func saveTold(t *store.Tx, e *connect.Endpoint) error {
	if !e.Tell || e.Off {
		return stopTold(t, e.Name)
	}
	if err := stopTold(t, e.Name); err != nil {
		return err
	}
	body, err := json.Marshal(told{e.Events, e.Persons}, json.Deterministic(true))
	if err != nil {
		return err
	}
	if _, err := t.SaveSetting(toldPrefix+e.Name, 0, body); err != nil {
		return err
	}
	return keepTold(t, e.Name)
}

// stopTold: nothing more is put aside for it; what was stays.
func stopTold(t *store.Tx, name string) error {
	err := t.ForgetSetting(toldPrefix + name)
	if record.CodeOf(err) == record.CodeNotFound {
		return nil
	}
	return err
}

func forgetTold(t *store.Tx, name string) error {
	for _, topic := range []string{topicOCSF, topicRefused} {
		if err := t.EmptyQueue(topic, name); err != nil {
			return err
		}
	}
	return stopTold(t, name)
}

// keepTold makes sure of the job of a sink for which something waits.
func keepTold(t *store.Tx, name string) error {
	n, _, err := t.QueueLength(topicOCSF, name)
	if err != nil || n == 0 {
		return err
	}
	return t.Enqueue(tellJob(name, t.Now()))
}

// againTold takes up what a sink refused and sends at once.
func againTold(t *store.Tx, name string) error {
	if err := t.Requeue(topicRefused, topicOCSF, name); err != nil {
		return err
	}
	at, err := readPulled(t, name)
	if err != nil {
		return err
	}
	at.Bad = 0
	if err := savePulled(t, name, &at); err != nil {
		return err
	}
	if _, added, err := t.AddJob(tellJob(name, t.Now())); err != nil || added {
		return err
	}
	err = t.HurryJob(JobTell, name)
	if record.CodeOf(err) == record.CodeNotFound { // it is being done
		err = nil
	}
	return err
}

// sinks are those that are told something, and what.
func sinks(t *store.Tx) (map[string]told, error) {
	names, err := t.SettingNames(toldPrefix)
	if err != nil || len(names) == 0 {
		return nil, err
	}
	all := map[string]told{}
	for _, n := range names {
		s, err := t.Setting(n)
		if err != nil {
			return nil, err
		}
		var x told
		if json.Unmarshal(s.Value, &x) != nil {
			return nil, &record.Error{Code: record.CodeInternal, Where: "told", Message: "cannot be read"}
		}
		all[strings.TrimPrefix(n, toldPrefix)] = x
	}
	return all, nil
}

func tell(t *store.Tx, name, subject string, line []byte) error {
	if _, err := t.Queue(store.Message{Topic: topicOCSF, Target: name, Subject: subject, Body: line}); err != nil {
		return err
	}
	return t.Enqueue(tellJob(name, t.Now().Add(tellWait)))
}

// tellFindings puts aside what a new result says otherwise than the one before:
// findings that came, changed their strength, or are gone.
func tellFindings(t *store.Tx, subject, caseID string, version int64, before, now *record.Result) error {
	to, err := sinks(t)
	if err != nil || len(to) == 0 {
		return err
	}
	had, has := strongest(before), strongest(now)
	var ids []string
	for id := range had {
		ids = append(ids, id)
	}
	for id := range has {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for _, id := range slices.Compact(ids) {
		f, activity := has[id], connect.FindingNew
		switch was := had[id]; {
		case f == nil:
			f, activity = was, connect.FindingGone
		case was != nil && was.Strength == f.Strength:
			continue
		case was != nil:
			activity = connect.FindingChanged
		}
		k := checks.Find(id)
		if k == nil {
			continue
		}
		line, err := connect.FindingChangeOCSF(caseID, fmt.Sprintf("%s/%s/%d", caseID, id, version), activity, f, k.Title.EN, t.Now())
		if err != nil {
			return err
		}
		for name := range to {
			if err := tell(t, name, subject, line); err != nil {
				return err
			}
		}
	}
	return nil
}

// strongest are the hits of a result, one for each check.
func strongest(r *record.Result) map[string]*record.Finding {
	out := map[string]*record.Finding{}
	if r == nil {
		return out
	}
	order := []record.Strength{record.Weak, record.Supporting, record.Strong, record.Conclusive}
	for i := range r.Findings {
		f := &r.Findings[i]
		if was := out[f.Check]; f.Outcome == record.Hit && (was == nil || slices.Index(order, f.Strength) > slices.Index(order, was.Strength)) {
			out[f.Check] = f
		}
	}
	return out
}

// tellEvents puts aside what was seen at work, for those who are told of it: under
// the name of the record unless the tenant chose that whose it was goes along.
func tellEvents(t *store.Tx, subject string, all []record.Event) error {
	if len(all) == 0 {
		return nil
	}
	to, err := sinks(t)
	if err != nil {
		return err
	}
	for name, x := range to {
		if !x.Events {
			continue
		}
		for i := range all {
			e := &all[i]
			if !x.Persons {
				e = connect.WithoutPerson(e, "subject/"+subject)
			}
			line, ok, err := connect.EventOCSF(e)
			if err != nil {
				return err
			}
			if !ok {
				continue
			}
			if err := tell(t, name, subject, line); err != nil {
				return err
			}
		}
		t.Did("event.tell", "subject/"+subject, "")
	}
	return nil
}
