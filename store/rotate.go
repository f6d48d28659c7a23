package store

import (
	"context"

	"bonafide/record"
)

// RotateKeys makes a new key-encrypting key, seals every tenant's keys with it
// and writes the key file: new key first, the old ones behind, because older
// backups need them. Nothing is encrypted anew. It says how many keys it sealed.
func (s *Store) RotateKeys(ctx context.Context, actor record.Actor) (int, error) {
	if actor.Tenant != House {
		return 0, &record.Error{Code: record.CodeRefused, Where: "keys", Message: "only the operator rotates keys"}
	}
	s.keys.addKEK()
	// The file first: a database that is sealed with a key in no file is lost.
	if err := s.keys.save(); err != nil {
		return 0, err
	}
	n := 0
	err := s.Update(ctx, actor, func(t *Tx) (err error) {
		t.Did("keys.rotate", "kek/"+s.keys.newest().id, "")
		n, err = t.rewrap()
		return err
	})
	return n, err
}

func (t *Tx) rewrap() (int, error) {
	type row struct {
		tenant, purpose, kek string
		version              int64
		wrapped              []byte
	}
	rows, err := collect(t, "select tenant, purpose, version, kek, wrapped from tenant_keys where $1 = 'house'", func(s scan) (r row, err error) {
		return r, s(&r.tenant, &r.purpose, &r.version, &r.kek, &r.wrapped)
	})
	if err != nil {
		return 0, err
	}
	now := t.store.keys.newest()
	done := 0
	for _, r := range rows {
		if r.kek == now.id {
			continue
		}
		key := t.store.keys.kek(r.kek)
		if key == nil {
			return 0, &record.Error{Code: record.CodeUnavailable, Where: "keys", Message: "the key file does not hold key " + r.kek}
		}
		plain, err := openWith(key, r.wrapped, "tenant_keys", r.tenant, r.purpose)
		if err != nil {
			return 0, err
		}
		if _, err := t.exec("update tenant_keys set kek = $5, wrapped = $6 where $1 = 'house' and tenant = $2 and purpose = $3 and version = $4",
			r.tenant, r.purpose, r.version, now.id, sealWith(now.key, plain, "tenant_keys", r.tenant, r.purpose)); err != nil {
			return 0, err
		}
		done++
	}
	return done, nil
}

const rotateMost = 500 // subjects of one transaction

// RotateTenant gives a tenant a new sealing key and seals the key of every
// subject with it. The values themselves keep the keys of their subjects. It
// can be run again after it was cut short, and says how many keys it sealed.
func (s *Store) RotateTenant(ctx context.Context, actor record.Actor) (int, error) {
	err := s.Update(ctx, actor, func(t *Tx) error {
		version, err := t.count("select max(version) from tenant_keys where tenant = $1 and purpose = 'seal'")
		if err != nil {
			return err
		}
		t.Did("keys.rotate", "seal/"+itoa(int(version)+1), "")
		current := t.store.keys.newest()
		_, err = t.exec("insert into tenant_keys (tenant, purpose, version, kek, wrapped, created) values ($1,'seal',$2,$3,$4,$5)",
			version+1, current.id, sealWith(current.key, newKey(), "tenant_keys", t.tenant, "seal"), micros(t.now))
		return err
	})
	if err != nil {
		return 0, err
	}
	s.forgetTenant(actor.Tenant)
	done, after := 0, ""
	for {
		n := 0
		err := s.Update(ctx, actor, func(t *Tx) (err error) {
			n, after, err = t.resealSubjects(after)
			return err
		})
		if err != nil || n == 0 {
			return done, err
		}
		done += n
	}
}

func (t *Tx) resealSubjects(after string) (n int, last string, err error) {
	k, err := t.tenantKeys()
	if err != nil {
		return 0, after, err
	}
	type row struct {
		subject string
		version int64
		wrapped []byte
	}
	rows, err := collect(t, "select subject, version, wrapped from subject_keys where tenant = $1 and subject > $2 order by subject limit $3"+t.lock(), func(s scan) (r row, err error) {
		return r, s(&r.subject, &r.version, &r.wrapped)
	}, after, int64(rotateMost))
	if err != nil || len(rows) == 0 {
		return 0, after, err
	}
	for _, r := range rows {
		last = r.subject
		if r.version == k.version {
			continue
		}
		key, err := openWith(k.seals[r.version], r.wrapped, "subject_keys", t.tenant, r.subject)
		if err != nil {
			return 0, after, err
		}
		if _, err := t.quiet("update subject_keys set version = $3, wrapped = $4 where tenant = $1 and subject = $2", r.subject, k.version, sealWith(k.seal(), key, "subject_keys", t.tenant, r.subject)); err != nil {
			return 0, after, err
		}
	}
	return len(rows), last, nil
}

// forgetTenant drops the opened keys of a tenant: they are read again.
func (s *Store) forgetTenant(tenant string) {
	s.mu.Lock()
	delete(s.tenants, tenant)
	s.mu.Unlock()
}

// sealKey is one version of the tenant's sealing key; a version that another
// node made since is read.
func (t *Tx) sealKey(version int64) ([]byte, error) {
	k, err := t.tenantKeys()
	if err != nil {
		return nil, err
	}
	if k.seals[version] == nil {
		t.store.forgetTenant(t.tenant)
		if k, err = t.tenantKeys(); err != nil {
			return nil, err
		}
	}
	if k.seals[version] == nil {
		return nil, errSeal
	}
	return k.seals[version], nil
}
