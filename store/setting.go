package store

import (
	"slices"
	"strings"
	"time"
)

// Setting is one named document of a tenant, sealed; every version is kept.
type Setting struct {
	Name    string
	Version int64
	At      time.Time
	By      string
	Value   []byte
}

// Setting is the newest version, or not found.
func (t *Tx) Setting(name string) (Setting, error) {
	all, err := t.settings("and name = $2 order by version desc limit 1", name)
	if err == nil && len(all) == 0 {
		err = missing("setting")
	}
	if err != nil {
		return Setting{}, err
	}
	return all[0], nil
}

// Settings are all versions of a name, newest first.
func (t *Tx) Settings(name string) ([]Setting, error) {
	return t.settings("and name = $2 order by version desc", name)
}

// SettingNames lists the names in folders, such as "hook/": those that go on after
// one without another slash. It reads the folders and what is not filed yet,
// however many settings there are.
func (t *Tx) SettingNames(folders ...string) (all []string, err error) {
	for part := range slices.Chunk(folders, 200) {
		args := []any{""}
		names, err := collect(t, "select name from settings where tenant = $1 and folder in ($2,"+holes(&args, padded(part))+")", func(s scan) (name string, err error) {
			return name, s(&name)
		}, args...)
		if err != nil {
			return nil, err
		}
		all = append(all, slices.DeleteFunc(names, func(name string) bool { return !slices.Contains(part, folderOf(name)) })...)
	}
	slices.Sort(all)
	return slices.Compact(all), nil // once, however many versions it has
}

// folderOf is a name up to and with its last slash.
func folderOf(name string) string { return name[:strings.LastIndexByte(name, '/')+1] }

// fileSettings puts what a node of an older version wrote into its folder.
func (t *Tx) fileSettings() error {
	_, err := t.quiet("update settings set folder = rtrim(name, replace(name, '/', '')) where tenant = $1 and folder = '' and name like '%/%'")
	return err
}

// SaveSetting writes the version after; after is the version that was read, 0
// for none, and another one written meanwhile is a conflict.
func (t *Tx) SaveSetting(name string, after int64, value []byte) (Setting, error) {
	x := Setting{Name: name, Version: after + 1, At: t.now, By: actorWord(t.actor), Value: value}
	sealed, err := t.sealHouse(value, "settings", name)
	if err != nil {
		return x, err
	}
	n, err := t.count("select coalesce(max(version), 0) from settings where tenant = $1 and name = $2", name)
	if err != nil {
		return x, err
	}
	if n != after {
		return x, conflict("setting", "it has changed since it was read")
	}
	_, err = t.exec("insert into settings (tenant, name, version, at, by_actor, sealed, folder) values ($1,$2,$3,$4,$5,$6,$7)", name, x.Version, micros(t.now), x.By, sealed, folderOf(name))
	return x, err
}

// ForgetSetting removes every version of a name: for what held keys that are of no
// use any more. Not found where there is none.
func (t *Tx) ForgetSetting(name string) error {
	n, err := t.exec("delete from settings where tenant = $1 and name = $2", name)
	if err == nil && n == 0 {
		err = missing("setting")
	}
	return err
}

func (t *Tx) settings(rest string, args ...any) ([]Setting, error) {
	type row struct {
		x      Setting
		sealed []byte
	}
	rows, err := collect(t, "select name, version, at, by_actor, sealed from settings where tenant = $1 "+rest, func(s scan) (r row, err error) {
		var at int64
		err = s(&r.x.Name, &r.x.Version, &at, &r.x.By, &r.sealed)
		r.x.At = moment(at)
		return r, err
	}, args...)
	if err != nil {
		return nil, err
	}
	all := make([]Setting, len(rows))
	for i, r := range rows {
		if r.x.Value, err = t.openHouse(r.sealed, "settings", r.x.Name); err != nil {
			return nil, err
		}
		all[i] = r.x
	}
	return all, nil
}
