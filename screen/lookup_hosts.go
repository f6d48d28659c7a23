package screen

import (
	"context"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"

	"bonafide/record"
	"bonafide/store"
)

const hostsSetting = "lookup-hosts"

// LookupHosts is a tenant's allow-list; none unless somebody wrote one.
func (k *Keeper) LookupHosts(ctx context.Context, who record.Actor) (hosts []string, err error) {
	err = k.Store.View(ctx, who, func(t *store.Tx) error {
		hosts, _, err = lookupHosts(t)
		return err
	})
	return hosts, err
}

func lookupHosts(t *store.Tx) (hosts []string, version int64, err error) {
	s, err := t.Setting(hostsSetting)
	if err != nil {
		if record.CodeOf(err) == record.CodeNotFound {
			err = nil
		}
		return nil, 0, err
	}
	if json.Unmarshal(s.Value, &hosts) != nil {
		return nil, 0, &record.Error{Code: record.CodeInternal, Where: "look-ups", Message: "the allow-list cannot be read"}
	}
	return hosts, s.Version, nil
}

// SetLookupHosts changes a tenant's allow-list: names are added, or taken away.
// ".example.org" stands for every host below.
func (k *Keeper) SetLookupHosts(ctx context.Context, who record.Actor, add, remove []string) (hosts []string, err error) {
	for i, h := range add {
		h = strings.TrimSuffix(strings.ToLower(strings.TrimSpace(h)), ".")
		bare := strings.TrimPrefix(h, ".")
		if !strings.Contains(bare, ".") || len(h) > 253 || strings.Trim(bare, "abcdefghijklmnopqrstuvwxyz0123456789-.") != "" || strings.HasPrefix(bare, ".") {
			return nil, record.Invalid("host", "is a name such as status.example.org, or .example.org for every host below; no address, no port")
		}
		add[i] = h
	}
	err = k.Store.Update(ctx, who, func(t *store.Tx) error {
		now, version, err := lookupHosts(t)
		if err != nil {
			return err
		}
		hosts = append(slices.Clone(now), add...)
		hosts = slices.DeleteFunc(hosts, func(h string) bool { return slices.Contains(remove, h) })
		slices.Sort(hosts)
		if hosts = slices.Compact(hosts); len(hosts) > 200 {
			return record.Invalid("host", "two hundred are enough")
		}
		body, err := json.Marshal(hosts)
		if err != nil {
			return &record.Error{Code: record.CodeInternal, Where: "look-ups", Message: "the allow-list cannot be written", Err: err}
		}
		t.Did("lookup.allow", "tenant/"+t.Tenant(), "")
		_, err = t.SaveSetting(hostsSetting, version, body)
		return err
	})
	return hosts, err
}
