package identity_test

import (
	"context"
	"testing"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/journal"
)

func benchmark(bm *testing.B, run func(bm *testing.B, s *identity.Service)) {
	for _, e := range []dbtest.Engine{{Name: db.SQLite}, {Name: db.Postgres}} {
		bm.Run(string(e.Name), func(bm *testing.B) {
			d := e.Open(bm, nil)
			s, err := identity.New(identity.Deps{
				DB: d, Clock: clock.System{}, Journal: journal.New(d, clock.System{}, nil), SecretKey: []byte(secretKey),
			})
			if err != nil {
				bm.Fatal(err)
			}
			run(bm, s)
		})
	}
}

func BenchmarkResolve(bm *testing.B) {
	benchmark(bm, func(bm *testing.B, s *identity.Service) {
		token, _, err := s.OfferSetup(bm.Context())
		if err != nil {
			bm.Fatal(err)
		}
		in, err := s.CompleteSetup(bm.Context(), first(token, "grace@firm.example"))
		if err != nil {
			bm.Fatal(err)
		}
		bm.ResetTimer()
		bm.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				if _, err := s.Resolve(context.Background(), in.Token); err != nil {
					bm.Error(err)
				}
			}
		})
	})
}

func BenchmarkResolveKey(bm *testing.B) {
	benchmark(bm, func(bm *testing.B, s *identity.Service) {
		ctx := actor.With(bm.Context(), actor.Machine("bench"))
		secret, _, err := s.CreateKey(ctx, identity.CreateKey{Name: "x", Scopes: []identity.Scope{identity.ScopeContentRead}})
		if err != nil {
			bm.Fatal(err)
		}
		bm.ResetTimer()
		bm.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				if _, err := s.ResolveKey(context.Background(), secret); err != nil {
					bm.Error(err)
				}
			}
		})
	})
}
