package portal_test

import (
	"testing"
	"time"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/db/dbtest"
)

// TestTheGateSaysWhyAndWhatOpensIt goes through every reason.
func TestTheGateSaysWhyAndWhatOpensIt(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		stranger, member := s.browser(), s.signedIn("jun@example.org")
		grant := func(standing access.Standing) *access.Grant {
			return &access.Grant{Kind: access.Subscription, Plan: "reader", Standing: standing}
		}
		const line = "Cold Side Research subscribers can access the full text of this research note by logging in to their account."
		for _, x := range []struct {
			name  string
			path  string
			b     *browser
			grant *access.Grant
			has   []string
			lacks []string
		}{
			{"a stranger", "/notes/twelve-weeks", stranger, nil, []string{"The full text is for subscribers", line, "from $49 a month", `href="/plans?note=twelve-weeks"`, `href="/sign-in?next=%2Fnotes%2Ftwelve-weeks"`, "The full text of every note"}, nil},
			{"a stranger at a plan", "/notes/the-count", stranger, nil, []string{"It comes with the plan House.", line, "from $1,450 a month"}, nil},
			{"a stranger at the members' gate", "/notes/who-sells-to-whom", stranger, nil, []string{"Read on with a free account", "Create a free account"}, []string{"See plans"}},
			{"a free member", "/notes/twelve-weeks", member, nil, []string{"The full text is for subscribers", "See plans"}, []string{line, ">Log in<"}},
			{"another plan", "/notes/the-count", member, grant(access.Active), []string{"This note comes with another plan", "It comes with the plan House.", "Compare plans"}, nil},
			{"ended", "/notes/twelve-weeks", member, grant(access.Canceled), []string{"Your subscription has ended", "Subscribe again"}, nil},
			{"unpaid", "/notes/twelve-weeks", member, grant(access.Unpaid), []string{"Your last payment did not go through", `href="/account"`}, nil},
			{"incomplete", "/notes/twelve-weeks", member, grant(access.Incomplete), []string{"Your payment is on its way"}, nil},
			{"paused", "/notes/twelve-weeks", member, grant(access.Paused), []string{"Your subscription is paused"}, nil},
			{"not yet", "/notes/twelve-weeks", member, &access.Grant{Kind: access.Complimentary, From: s.now.Now().Add(time.Hour)}, []string{"Your access has not begun yet"}, nil},
			{"nobody's plan", "/notes/nobody-may", member, grant(access.Active), []string{"This note comes with another plan"}, nil},
		} {
			if x.grant != nil {
				member.holds(*x.grant)
			} else {
				member.holds()
			}
			x.b.get(x.path).is(200).has(append(x.has, `class="behind"`, "12 weeks")...).lacks(append(x.lacks, secrets...)...).checkHTML()
		}
	})
}

// TestTheGateSaysWhatIsBehindIt counts words, figures and tables.
func TestTheGateSaysWhatIsBehindIt(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		b := s.browser()
		b.get("/notes/twelve-weeks").has("<dt>figure</dt><dd>1</dd>", "<dt>table</dt><dd>1</dd>")
		b.get("/notes/no-wall-at-all").is(200).has("The wait is over &amp; done &lt;b&gt;.", `class="gate`).lacks(`class="body`).lacks(secrets...)
	})
}

// TestAPastDueSubscriberReadsOnAndIsTold shows the notice until grace ends.
func TestAPastDueSubscriberReadsOnAndIsTold(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		until := s.now.Now().AddDate(0, 0, 9)
		b := s.subscriber("jun@example.org", access.Grant{Plan: "reader", Standing: access.PastDue, Grace: until})
		b.get("/notes/twelve-weeks").has("Quixotry", "You can read on until 9 August 2026.", "Mend the payment").private()
		s.now.Set(until)
		b.get("/notes/twelve-weeks").has("Your last payment did not go through").lacks(secrets...)
	})
}

// TestAccessEndsAtTheNextRequest signs out in another window and lapses.
func TestAccessEndsAtTheNextRequest(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		b := s.subscriber("jun@example.org", access.Grant{Plan: "reader"})
		b.get("/notes/twelve-weeks").has(secrets...)
		window := &browser{stage: s, jar: map[string]string{"lt_member": b.token()}}
		b.send("/sign-out").goesTo("/")
		window.get("/notes/twelve-weeks").lacks(secrets...).has("Log in")
		if window.token() != "" {
			t.Error("a cookie that opens nothing was left in the browser")
		}
	})
}

// TestStructuredData holds the data block to what Google asks of gated text.
func TestStructuredData(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		in := fixtureNotes()[0]
		in.Title, in.Abstract = "</script><script>alert(1)</script>", "“&”"
		s.put(in, s.now.Now())
		got := s.told(path("twelve-weeks"), "NewsArticle")
		part, _ := got["hasPart"].(map[string]any)
		if got["isAccessibleForFree"] != false || part["@type"] != "WebPageElement" || part["isAccessibleForFree"] != false || part["cssSelector"] != ".gated" || got["headline"] != "Twelve weeks" {
			t.Errorf("%v", got)
		}
		if got["mainEntityOfPage"] != base+"/notes/twelve-weeks" || got["datePublished"] != "2026-07-31T12:00:00Z" {
			t.Errorf("%v", got)
		}
		s.browser().get("/notes/twelve-weeks").has(`class="gate gated"`, `<link rel="canonical" href="`+base+`/notes/twelve-weeks">`,
			`<meta property="og:type" content="article">`, `<meta name="description" content="The wait is over &amp; done &lt;b&gt;.">`)
		if free := s.told(path("how-we-count"), "Article"); free["isAccessibleForFree"] != true || free["hasPart"] != nil {
			t.Errorf("%v", free)
		}
		if sly := s.told(path("script-script-alert-1-script"), "NewsArticle"); sly["headline"] != in.Title {
			t.Errorf("%v", sly)
		}
	})
}

// TestTheNotesOfAnIssueAreLinked walks from one to the next.
func TestTheNotesOfAnIssueAreLinked(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		in := fixtureNotes()[0]
		in.Title, in.Position = "The last", 9
		s.put(in, s.now.Now().AddDate(0, -2, 0))
		b := s.browser()
		b.get("/notes/twelve-weeks").has("Note 1 of 5", `rel="next" href="/notes/the-count"`).lacks(`rel="prev"`)
		b.get("/notes/the-last").has("Note 5 of 5", `rel="prev" href="/notes/how-we-count"`).lacks(`rel="next"`)
		b.get("/notes/nobody-may").lacks("Note 1 of")
	})
}

// TestANoteThatIsNotOutIsNotThere looks for a draft and a future one.
func TestANoteThatIsNotOutIsNotThere(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		ok(s.desk.Create(s.staff, content.Input{Title: "A draft", Abstract: "Secret.", Body: "x"}))
		b := s.subscriber("jun@example.org", access.Grant{Plan: "house"})
		b.get("/notes/a-draft").is(404).lacks("Secret.")
	})
}
