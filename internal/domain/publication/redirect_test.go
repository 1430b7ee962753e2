package publication_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"

	"lighttrends/internal/domain/publication"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/journal"
)

// pages are the paths at which something is.
type pages []string

func (p pages) Answers(_ context.Context, path string) (bool, error) {
	for _, x := range p {
		if x == path {
			return true, nil
		}
	}
	return false, nil
}

func (pages) Own(address string) string {
	return strings.TrimPrefix(address, "https://own.example")
}

func ptr[T any](v T) *T { return &v }

func lead(from, to string) publication.RedirectInput {
	return publication.RedirectInput{From: &from, To: &to, Permanent: ptr(true)}
}

// ruleOf is the code of the first broken rule, "" when none is.
func ruleOf(err error) string {
	if err == nil {
		return ""
	}
	f := fault.Of(err)
	if len(f.Fields) == 0 {
		return f.Code
	}
	return f.Fields[0].Path + " " + f.Fields[0].Code
}

func TestRedirectsLeadWhereStaffSaid(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h, now, j, _ := setup(t, e)
		h.Ground = pages{"/archive", "/notes/film"}
		ctx := owner(t.Context())
		r, err := h.CreateRedirect(ctx, lead("https://own.example/alte%20Seite/", "https://own.example/notes/film?x=1#top"))
		if err != nil || r.From != "/alte Seite" || r.To != "/notes/film?x=1#top" || r.CreatedByName != "test" || !r.CreatedAt.Equal(now.Now()) {
			t.Fatal(r, err)
		}
		for path, want := range map[string]string{
			"/alte%20Seite": "/notes/film?x=1#top", "/alte%20Seite/": "/notes/film?x=1#top", "/Alte%20Seite": "", "/alte%20Seite/x": "",
			"/%00": "", "/%ff": "", "/%zz": "", "/": "", "": "", "//alte%20Seite": "",
		} {
			to, permanent, ok, err := h.Follow(t.Context(), path)
			if err != nil || to != want || ok != (want != "") || ok && !permanent {
				t.Errorf("%q leads to %q, %v, %v", path, to, ok, err)
			}
		}
		if _, err := h.ChangeRedirect(ctx, r.ID, publication.RedirectInput{To: ptr("https://other.example/a"), Permanent: ptr(false)}); err != nil {
			t.Fatal(err)
		}
		if _, err := h.ChangeRedirect(ctx, r.ID, publication.RedirectInput{Permanent: ptr(false)}); err != nil { // nothing changes
			t.Fatal(err)
		}
		if to, permanent, _, _ := h.Follow(t.Context(), "/alte%20Seite"); to != "https://other.example/a" || permanent {
			t.Error(to, permanent)
		}
		if err := h.DeleteRedirect(ctx, r.ID); err != nil {
			t.Fatal(err)
		}
		if _, _, ok, _ := h.Follow(t.Context(), "/alte%20Seite"); ok {
			t.Error("a deleted redirect is followed")
		}
		if err := h.DeleteRedirect(ctx, r.ID); !fault.HasCode(err, "redirect_not_found") {
			t.Error(err)
		}
		entries, err := j.List(t.Context(), journal.Filter{Verb: "redirect."})
		var verbs []string
		for _, x := range entries {
			verbs = append(verbs, x.Verb)
		}
		if got := strings.Join(verbs, " "); err != nil || got != "redirect.deleted redirect.changed redirect.created" {
			t.Error(got, err)
		}
	})
}

func TestARedirectThatWouldDoHarmIsRefused(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h, _, _, _ := setup(t, e)
		h.Ground = pages{"/archive"}
		ctx := owner(t.Context())
		for i := range 4 {
			if _, err := h.CreateRedirect(ctx, lead(fmt.Sprintf("/h%d", i), fmt.Sprintf("/h%d", i+1))); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := h.CreateRedirect(ctx, lead("/long", "/h0")); err != nil { // five in a row
			t.Fatal(err)
		}
		for in, want := range map[[2]string]string{
			{"/archive", "/x"}:                      "/from page_exists",
			{"/archive/", "/x"}:                     "/from page_exists",
			{"/%61rchive", "/x"}:                    "/from page_exists",
			{"/h0", "/x"}:                           "/from taken",
			{"/h0/", "/x"}:                          "/from taken",
			{"/h4", "/h0"}:                          "/to redirect_loop",
			{"/h4", "/h0/?a=b#c"}:                   "/to redirect_loop",
			{"/h4", "https://own.example/h%30"}:     "/to redirect_loop",
			{"/self", "/self/"}:                     "/to redirect_loop",
			{"/self", "https://own.example/self"}:   "/to redirect_loop",
			{"/longer", "/long"}:                    "/to too_many_hops",
			{"", "/x"}:                              "/from bad_path",
			{"/", "/x"}:                             "/from bad_path",
			{"old", "/x"}:                           "/from bad_path",
			{"/a?b=c", "/x"}:                        "/from bad_path",
			{"/a//b", "/x"}:                         "/from bad_path",
			{"/a/../b", "/x"}:                       "/from bad_path",
			{"/a/%2e%2e/b", "/x"}:                   "/from bad_path",
			{"/a\\b", "/x"}:                         "/from bad_path",
			{"/a%0d%0ab", "/x"}:                     "/from bad_path",
			{"https://other.example/a", "/x"}:       "/from bad_path",
			{"/a", ""}:                              "/to bad_address",
			{"/a", "//evil.example"}:                "/to bad_address",
			{"/a", "/\\evil.example"}:               "/to bad_address",
			{"/a", "http://plain.example"}:          "/to bad_address",
			{"/a", "javascript:alert(1)"}:           "/to bad_address",
			{"/a", "https://user:pw@evil.example/"}: "/to bad_address",
			{"/a", "/x\r\nSet-Cookie: a=b"}:         "/to bad_address",
			{"/" + strings.Repeat("a", 600), "/x"}:  "/from bad_path",
		} {
			if _, err := h.CreateRedirect(ctx, lead(in[0], in[1])); ruleOf(err) != want {
				t.Errorf("%q to %q: %q, want %q", in[0], in[1], ruleOf(err), want)
			}
		}
		if _, err := h.CreateRedirect(ctx, lead("/a", "https://other.example/fine?x=y")); err != nil {
			t.Error(err)
		}
		page, err := h.Redirects(ctx, publication.RedirectFilter{Search: "/h3"})
		if err != nil || len(page.Redirects) != 2 {
			t.Fatal(page, err)
		}
		// A change closes the circle just as well.
		last := page.Redirects[0]
		if last.From != "/h3" {
			t.Fatal(last)
		}
		if _, err := h.ChangeRedirect(ctx, last.ID, publication.RedirectInput{To: ptr("/h1")}); ruleOf(err) != "/to redirect_loop" {
			t.Error(err)
		}
		if _, err := h.ChangeRedirect(ctx, uuid.New(), publication.RedirectInput{To: ptr("/h1")}); ruleOf(err) != "redirect_not_found" {
			t.Error(err)
		}
	})
}

func TestRedirectsAreGovernedByWhoMaySet(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h, _, _, _ := setup(t, e)
		ctx := owner(t.Context())
		for i := range 7 {
			if _, err := h.CreateRedirect(ctx, lead(fmt.Sprintf("/old-%d", i), "/new_page")); err != nil {
				t.Fatal(err)
			}
		}
		seen, cursor := map[string]bool{}, ""
		for range 10 {
			page, err := h.Redirects(ctx, publication.RedirectFilter{Cursor: cursor, Limit: 3})
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range page.Redirects {
				seen[r.From] = true
			}
			if cursor = page.Next; cursor == "" {
				break
			}
		}
		if len(seen) != 7 {
			t.Error(seen)
		}
		if page, err := h.Redirects(ctx, publication.RedirectFilter{Search: "NEWXPAGE"}); err != nil || len(page.Redirects) != 0 {
			t.Error("an underscore stands for any character", err)
		}
		ed := actor.With(t.Context(), actor.Actor{Kind: actor.Staff, ID: uuid.New(), Capabilities: []actor.Capability{actor.NotesRead, actor.NotesPublish}})
		_, list := h.Redirects(ed, publication.RedirectFilter{})
		_, made := h.CreateRedirect(ed, lead("/a", "/b"))
		_, changed := h.ChangeRedirect(ed, uuid.New(), lead("/a", "/b"))
		for _, err := range []error{list, made, changed, h.DeleteRedirect(ed, uuid.New())} {
			if !fault.HasCode(err, "capability_missing") {
				t.Error(err)
			}
		}
	})
}

func TestABroughtRedirectWritesOverNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h, _, _, _ := setup(t, e)
		ctx := owner(t.Context())
		for i, want := range []bool{true, false} {
			if made, err := h.BringRedirect(ctx, "/2021/07/Film%20caf%C3%A9/", "/notes/film"); err != nil || made != want {
				t.Errorf("%d: %v %v", i, made, err)
			}
		}
		if to, permanent, ok, err := h.Follow(t.Context(), "/2021/07/Film%20caf%C3%A9"); to != "/notes/film" || !permanent || !ok || err != nil {
			t.Error(to, permanent, ok, err)
		}
		if _, err := h.BringRedirect(ctx, "/2021/07/Film café", "/notes/other"); !fault.HasCode(err, "redirect_elsewhere") {
			t.Error(err)
		}
		if _, err := h.BringRedirect(ctx, "/notes/film", "/2021/07/Film%20caf%C3%A9"); ruleOf(err) != "/to redirect_loop" {
			t.Error(err)
		}
		if _, err := h.BringRedirect(t.Context(), "/a", "/b"); fault.Of(err).Kind != fault.Unauthenticated {
			t.Error(err)
		}
	})
}
