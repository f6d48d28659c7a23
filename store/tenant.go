package store

import (
	"context"
	"time"

	"bonafide/record"
)

// Tenant is one customer. Country names the profile of clocks and rules.
type Tenant struct {
	ID      string    `json:"id"`
	Country string    `json:"country"`
	Created time.Time `json:"created"`
	Closed  time.Time `json:"closed,omitzero"`
}

// addHouse makes the operator's own tenant in a new database.
func (s *Store) addHouse(ctx context.Context) error {
	actor := record.Actor{Kind: record.ActorOperator, ID: "start", Tenant: House}
	there := false
	err := s.View(ctx, actor, func(t *Tx) error {
		n, err := t.count("select count(*) from tenants where tenant = $1")
		there = n > 0
		return err
	})
	if err != nil || there {
		return err
	}
	err = s.Update(ctx, actor, func(t *Tx) error {
		t.Did("tenant.add", "tenant/"+House, "")
		return t.addTenant(House, "EU")
	})
	if record.CodeOf(err) == record.CodeConflict { // another node was first
		return nil
	}
	return err
}

// AddTenant makes a tenant with keys of its own. The actor is the operator, of
// the tenant House.
func (s *Store) AddTenant(ctx context.Context, actor record.Actor, id, country string) error {
	if actor.Tenant != House {
		return &record.Error{Code: record.CodeRefused, Where: "tenant", Message: "only the operator adds tenants"}
	}
	if !plainWord(id) || id == House {
		return record.Invalid("tenant", "an id is 1 to 40 lower-case letters, digits and hyphens")
	}
	if _, ok := Profiles[country]; !ok {
		return record.Invalid("tenant.country", "no profile for this country; EU is the general one")
	}
	// First its row, keys and first entry, in its own name; then the operator's entry.
	own := record.Actor{Kind: actor.Kind, ID: actor.ID, Tenant: id}
	err := s.Update(ctx, own, func(t *Tx) error {
		t.Did("tenant.add", "tenant/"+id, "")
		return t.addTenant(id, country)
	})
	if err != nil {
		return err
	}
	return s.Update(ctx, actor, func(t *Tx) error {
		t.Did("tenant.add", "tenant/"+id, "")
		_, err := t.count("select count(*) from tenants where $1 = 'house' and tenant = $2", id)
		return err
	})
}

func (t *Tx) addTenant(id, country string) error {
	if _, err := t.exec("insert into tenants (tenant, country, created) values ($1,$2,$3)", country, micros(t.now)); err != nil {
		return err
	}
	current := t.store.keys.newest()
	for _, purpose := range []string{"blind", "seal"} {
		_, err := t.exec("insert into tenant_keys (tenant, purpose, version, kek, wrapped, created) values ($1,$2,1,$3,$4,$5)",
			purpose, current.id, sealWith(current.key, newKey(), "tenant_keys", id, purpose), micros(t.now))
		if err != nil {
			return err
		}
	}
	return nil
}

// Tenants lists all, by id. Only the house sees others than itself.
func (t *Tx) Tenants() ([]Tenant, error) {
	return collect(t, "select tenant, country, created, closed from tenants where (tenant = $1 or $1 = 'house') order by tenant", func(s scan) (x Tenant, err error) {
		var created, closed int64
		err = s(&x.ID, &x.Country, &created, &closed)
		x.Created, x.Closed = moment(created), moment(closed)
		return x, err
	})
}

// Self is the tenant of this transaction.
func (t *Tx) Self() (x Tenant, err error) {
	var created, closed int64
	err = t.one("tenant", "select tenant, country, created, closed from tenants where tenant = $1", []any{&x.ID, &x.Country, &created, &closed})
	x.Created, x.Closed = moment(created), moment(closed)
	return x, err
}

func plainWord(s string) bool {
	if s == "" || len(s) > 40 {
		return false
	}
	for _, r := range s {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' {
			return false
		}
	}
	return true
}
