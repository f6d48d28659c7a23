package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"time"

	"bonafide/access"
	"bonafide/record"
	"bonafide/store"
)

// TenantCmd is `bonafide tenant`.
type TenantCmd struct {
	Add  TenantAddCmd  `cmd:"" help:"Make a tenant with keys of its own."`
	List TenantListCmd `cmd:"" help:"List tenants."`
}

// TenantAddCmd is `bonafide tenant add`.
type TenantAddCmd struct {
	node
	ID      string `arg:"" help:"1 to 40 lower-case letters, digits and hyphens."`
	Country string `default:"EU" help:"Whose clocks and rules: EU, DE, PT, GB, AT."`
}

// Help is printed below the flags.
func (TenantAddCmd) Help() string { return "Example:\n\n  bonafide tenant add acme --country DE" }

// Run adds.
func (c *TenantAddCmd) Run(stdout io.Writer) error {
	return c.with(func(ctx context.Context, d *access.Door) error {
		if err := d.Store.AddTenant(ctx, operator(store.House), c.ID, c.Country); err != nil {
			return err
		}
		fmt.Fprintln(stdout, c.ID)
		return nil
	})
}

// TenantListCmd is `bonafide tenant list`.
type TenantListCmd struct{ node }

// Run lists.
func (c *TenantListCmd) Run(stdout io.Writer) error {
	return c.with(func(ctx context.Context, d *access.Door) error {
		return d.Store.View(ctx, operator(store.House), func(t *store.Tx) error {
			all, err := t.Tenants()
			for _, x := range all {
				if x.ID != store.House {
					fmt.Fprintf(stdout, "%s\t%s\t%s\n", x.ID, x.Country, x.Created.Format(time.DateOnly))
				}
			}
			return err
		})
	})
}

// UserCmd is `bonafide user`.
type UserCmd struct {
	Add    UserAddCmd    `cmd:"" help:"Make an account and print the link that signs it in once."`
	List   UserListCmd   `cmd:"" help:"List accounts."`
	Link   UserLinkCmd   `cmd:"" help:"Print a new link for an account, which works once."`
	Revoke UserRevokeCmd `cmd:"" help:"Disable an account; its sessions end at their next request."`
}

type inTenant struct {
	node
	Tenant string `default:"main" help:"Whose."`
}

// UserAddCmd is `bonafide user add`.
type UserAddCmd struct {
	inTenant
	Mail    string   `arg:"" help:"Mail address; sign-in by a provider is matched by it."`
	Role    []string `required:"" placeholder:"ROLE" help:"viewer, recruiter, reviewer, lead, auditor, dpo, workscouncil or admin; repeat for several."`
	Address string   `default:"http://127.0.0.1:8420" env:"BONAFIDE_ADDRESS" help:"Under which people reach the server, for the link."`
}

// Help is printed below the flags.
func (UserAddCmd) Help() string {
	return "Example:\n\n  bonafide user add lead@example.com --role lead --role reviewer"
}

// Run adds.
func (c *UserAddCmd) Run(stdout io.Writer) error {
	var roles []record.StaffRole
	for _, word := range c.Role {
		r, err := access.ParseRole(word)
		if err != nil {
			return exit{exitUsage, err.Error()}
		}
		roles = append(roles, r)
	}
	return c.with(func(ctx context.Context, d *access.Door) error {
		id, token, err := d.AddUser(ctx, operator(c.Tenant), c.Mail, roles)
		if err != nil {
			return err
		}
		fmt.Fprintf(stdout, "%s\nsign in, once, within a day: %s/sign-in/%s\n", id, strings.TrimSuffix(c.Address, "/"), token)
		return nil
	})
}

// UserListCmd is `bonafide user list`.
type UserListCmd struct{ inTenant }

// Run lists.
func (c *UserListCmd) Run(stdout io.Writer) error {
	return c.with(func(ctx context.Context, d *access.Door) error {
		all, err := d.Users(ctx, operator(c.Tenant))
		for _, u := range all {
			words := make([]string, len(u.Roles))
			for i, r := range u.Roles {
				words[i] = string(r)
			}
			fmt.Fprintf(stdout, "%s\t%s\t%s\t%s\n", u.ID, u.Mail, strings.Join(words, " "), u.State)
		}
		return err
	})
}

// UserLinkCmd is `bonafide user link`.
type UserLinkCmd struct {
	inTenant
	ID      string `arg:"" help:"Id of the account, as bonafide user list shows it."`
	Address string `default:"http://127.0.0.1:8420" env:"BONAFIDE_ADDRESS" help:"Under which people reach the server, for the link."`
}

// Run links.
func (c *UserLinkCmd) Run(stdout io.Writer) error {
	return c.with(func(ctx context.Context, d *access.Door) error {
		token, err := d.Link(ctx, operator(c.Tenant), c.ID)
		if err == nil {
			fmt.Fprintf(stdout, "sign in, once, within a day: %s/sign-in/%s\n", strings.TrimSuffix(c.Address, "/"), token)
		}
		return err
	})
}

// UserRevokeCmd is `bonafide user revoke`.
type UserRevokeCmd struct {
	inTenant
	ID string `arg:"" help:"Id of the account."`
}

// Run revokes.
func (c *UserRevokeCmd) Run() error {
	return c.with(func(ctx context.Context, d *access.Door) error { return d.Disable(ctx, operator(c.Tenant), c.ID) })
}

// APIKeyCmd is `bonafide apikey`.
type APIKeyCmd struct {
	Add    APIKeyAddCmd    `cmd:"" help:"Make a key and print it; it is shown this once."`
	List   APIKeyListCmd   `cmd:"" help:"List keys, without their secrets."`
	Revoke APIKeyRevokeCmd `cmd:"" help:"End a key for good; it is refused at its next request."`
}

// APIKeyAddCmd is `bonafide apikey add`.
type APIKeyAddCmd struct {
	inTenant
	Label   string        `arg:"" help:"What it is for, such as careers-page."`
	Scope   []string      `required:"" placeholder:"SCOPE" help:"intake, read, search, screen, protect, audit or settings; repeat for several."`
	Expires time.Duration `default:"2160h" help:"How long it works; a year at most."`
}

// Help is printed below the flags.
func (APIKeyAddCmd) Help() string {
	return "Example:\n\n  bonafide apikey add careers-page --scope intake > careers.key && chmod 600 careers.key"
}

// Run adds.
func (c *APIKeyAddCmd) Run(stdout io.Writer) error {
	var scopes []access.Scope
	for _, word := range c.Scope {
		s, err := access.ParseScope(word)
		if err != nil {
			return exit{exitUsage, err.Error()}
		}
		scopes = append(scopes, s)
	}
	return c.with(func(ctx context.Context, d *access.Door) error {
		k, err := d.AddKey(ctx, operator(c.Tenant), c.Label, scopes, c.Expires)
		if err == nil {
			fmt.Fprintln(stdout, k.Secret)
		}
		return err
	})
}

// APIKeyListCmd is `bonafide apikey list`.
type APIKeyListCmd struct{ inTenant }

// Run lists.
func (c *APIKeyListCmd) Run(stdout io.Writer) error {
	return c.with(func(ctx context.Context, d *access.Door) error {
		all, err := d.Keys(ctx, operator(c.Tenant))
		for _, k := range all {
			words := make([]string, len(k.Scopes))
			for i, s := range k.Scopes {
				words[i] = string(s)
			}
			state := "until " + k.Expires.Format(time.DateOnly)
			if !k.Revoked.IsZero() {
				state = "revoked"
			}
			fmt.Fprintf(stdout, "%s\t%s\t%s\t%s\n", k.ID, k.Label, strings.Join(words, " "), state)
		}
		return err
	})
}

// APIKeyRevokeCmd is `bonafide apikey revoke`.
type APIKeyRevokeCmd struct {
	inTenant
	ID string `arg:"" help:"Id of the key: the part between bf_ and the next _."`
}

// Run revokes.
func (c *APIKeyRevokeCmd) Run() error {
	return c.with(func(ctx context.Context, d *access.Door) error { return d.RevokeKey(ctx, operator(c.Tenant), c.ID) })
}

// with opens the record for one act of the operator.
func (n *node) with(f func(context.Context, *access.Door) error) error {
	ctx := context.Background()
	s, _, err := n.open(ctx, slog.New(slog.DiscardHandler), false)
	if err != nil {
		return err
	}
	err = f(ctx, &access.Door{Store: s, Now: time.Now})
	if e := s.Close(); err == nil {
		err = e
	}
	return err
}
