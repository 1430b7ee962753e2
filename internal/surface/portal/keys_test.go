package portal_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/domain/identity/devicetest"
	"lighttrends/internal/platform/db/dbtest"
)

// question asks what a device is to answer.
func (b *browser) question(path string) (ticket string, options json.RawMessage) {
	b.Helper()
	p := b.send(path).is(200).private()
	var q struct {
		Ticket  string
		Options json.RawMessage
	}
	if err := json.Unmarshal([]byte(p.body), &q); err != nil {
		b.Fatal(err)
	}
	return q.Ticket, q.Options
}

// addsKey makes a passkey on the device.
func (b *browser) addsKey(d *devicetest.Device, name string) {
	b.Helper()
	ticket, options := b.question("/account/passkeys/question")
	answer := ok(d.Create(options))
	b.send("/account/passkeys", "name", name, "ticket", ticket, "credential", string(answer)).goesTo("/account?notice=key_added#keys")
}

// byKey logs in with the device.
func (b *browser) byKey(d *devicetest.Device, next string) *page {
	b.Helper()
	ticket, options := b.question("/sign-in/passkey/question")
	return b.send("/sign-in/passkey", "ticket", ticket, "credential", string(ok(d.Get(options))), "next", next)
}

// waits waits for a letter with this subject.
func (b *browser) waits(email, subject string) {
	b.Helper()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		for _, l := range b.post.to(email) {
			if l.Subject == subject {
				return
			}
		}
	}
	b.Fatalf("no letter %q came", subject)
}

func TestLoggingInWithAPasskey(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		b := s.signedIn("lena@example.org")
		b.get("/account").is(200).has("Log in without a mail next time", `data-passkey="/account/passkeys/question"`, "/static/keys.js").private().checkHTML()
		phone := devicetest.New(base)
		b.addsKey(phone, "Lena <phone>")
		b.waits("lena@example.org", "A passkey was added to your account")
		b.get("/account?notice=key_added").has("Lena &lt;phone&gt;", "not used yet", "This device has a passkey now.").lacks("Log in without a mail next time").checkHTML()

		other := s.browser()
		other.get("/sign-in?next=/notes/who-sells-to-whom").has(`action="/sign-in/passkey"`, "Log in with a passkey").checkHTML()
		other.byKey(phone, "/notes/who-sells-to-whom").goesTo("/notes/who-sells-to-whom").private()
		other.get("/notes/who-sells-to-whom").has("Quixotry")
		other.get("/account").has("last used 31 July 2026")

		key := ok(b.ids.MemberPasskeys(b.staff, b.member))[0].ID.String()
		eve := s.signedIn("eve@example.org")
		eve.send("/account/passkeys/name", "key", key, "name", "Mine").is(404)
		eve.send("/account/passkeys/remove", "key", key).is(404)
		b.send("/account/passkeys/name", "key", key, "name", " ").is(422).has("A passkey needs a name").checkHTML()
		b.send("/account/passkeys/name", "key", key, "name", "Old phone").goesTo("/account?notice=key_renamed#keys")
		b.send("/account/passkeys/remove", "key", key).goesTo("/account?notice=key_removed#keys")
		s.browser().byKey(phone, "/plans").is(422).has("This passkey was not accepted.", "You can also log in with a link.", `name="next" value="/plans"`).private().checkHTML()
		s.browser().send("/sign-in/passkey", "ticket", "x", "credential", "{").is(422)
		b.send("/account/passkeys", "name", "x", "ticket", "x", "credential", "{").is(422).has("took too long").checkHTML()

		eve.send("/account/passkeys/no", "next", "/notes/the-count").goesTo("/notes/the-count")
		eve.another().get("/account").lacks("Log in without a mail next time")
		eve.send("/account/passkeys/no", "next", "https://evil.example/").goesTo("/account")
		s.browser().send("/account/passkeys/question").is(303)
	})
}

func TestLoggingInWithAPassword(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		b := s.signedIn("lena@example.org")
		elsewhere := b.another()
		b.send("/account/password", "password", "short").is(422).has("At least 12 characters.", `id="e-password"`).lacks("short\"").private().checkHTML()
		b.send("/account/password", "password", "a quiet harbour at dawn").goesTo("/account?notice=password_set#keys")
		b.waits("lena@example.org", "Your account has a password now")
		elsewhere.get("/account").is(303)
		b.get("/account").has("set on 31 July 2026", "Change the password", "Remove the password").checkHTML()

		in := s.browser()
		in.get("/sign-in?next=/plans").has(`href="/sign-in?with=password&amp;next=%2fplans"`)
		in.send("/sign-in/password", "email", "Lena@Example.org", "password", "a quiet harbour at dawn", "next", "/notes/the-count?x=1").goesTo("/notes/the-count?x=1").private()
		if in.token() == "" {
			t.Fatal("not logged in")
		}
		for _, email := range []string{"lena@example.org", "nobody@example.org"} {
			s.browser().send("/sign-in/password", "email", email, "password", "wrong and long", "next", "/plans").is(422).
				has("E-mail address or password are not right.", `name="next" value="/plans"`).lacks("wrong and long").private().checkHTML()
		}
		for range 5 {
			in.send("/sign-in/password", "email", "lena@example.org", "password", "wrong")
		}
		in.send("/sign-in/password", "email", "lena@example.org", "password", "a quiet harbour at dawn").is(429).has("You can try again in").checkHTML()

		s.noPasswords = true
		s.browser().get("/sign-in?with=password").has("Send me a link").lacks(`type="password"`, "Use a password")
		s.browser().send("/sign-in/password", "email", "lena@example.org", "password", "a quiet harbour at dawn").is(404)
		b.send("/account/password", "password", "another quiet harbour").is(404)
		b.get("/account").has("It opens nothing any more").lacks("New password").checkHTML()
		b.send("/account/password/remove").goesTo("/account?notice=password_removed#keys")
		b.get("/account").lacks("<h3>Password</h3>").checkHTML()
	})
}

// TestAnOldLoginIsConfirmedByACode before it changes how to log in.
func TestAnOldLoginIsConfirmedByACode(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		b := s.signedIn("lena@example.org")
		s.now.Advance(20 * time.Minute)
		b.get("/account").has("show that it is you", "Send me a code", `href="/account#keys">Add a passkey`).lacks("New password", `id="f-key"`).checkHTML()
		b.send("/account/passkeys/question").is(403)
		b.send("/account/password", "password", "a quiet harbour at dawn").goesTo("/account?notice=confirm#keys")
		b.get("/account?notice=confirm").has("Nothing was changed yet")

		b.get("/account/confirm").goesTo("/account#keys") // nothing was sent
		before := len(b.post.to("lena@example.org"))
		b.send("/account/confirm").goesTo("/account/confirm")
		for len(b.post.to("lena@example.org")) == before {
			time.Sleep(10 * time.Millisecond)
		}
		letter := b.post.to("lena@example.org")[before]
		var code string
		for _, block := range letter.Blocks {
			if block.Kind == "code" {
				code = block.Text
			}
			if strings.Contains(block.URL+block.Text, "/sign-in/link/") {
				t.Error("there is a link in the letter")
			}
		}
		b.get("/account/confirm").has("lena@example.org", `autocomplete="one-time-code"`).private().checkHTML()
		b.send("/account/confirm/code", "code", "nonsense").is(422).has("This code is not right").checkHTML()
		s.browser().send("/account/confirm/code", "code", code).goesTo("/sign-in?next=%2Faccount")
		b.send("/account/confirm/code", "code", code).goesTo("/account?notice=confirmed#keys")
		b.get("/account?notice=confirmed").has("New password", `id="f-key"`).checkHTML()
		b.send("/account/password", "password", "a quiet harbour at dawn").goesTo("/account?notice=password_set#keys")
	})
}

// TestEveryWayInComesBack to the page it was asked from, and to no other site.
func TestEveryWayInComesBack(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		lena := s.signedIn("lena@example.org")
		phone := devicetest.New(base)
		lena.addsKey(phone, "Phone")
		lena.send("/account/password", "password", "a quiet harbour at dawn").is(303)
		ways := map[string]func(b *browser, next string) *page{
			"passkey": func(b *browser, next string) *page { return b.byKey(phone, next) },
			"password": func(b *browser, next string) *page {
				return b.send("/sign-in/password", "email", "lena@example.org", "password", "a quiet harbour at dawn", "next", next)
			},
		}
		for name, way := range ways {
			t.Run(name, func(t *testing.T) {
				for next, want := range map[string]string{
					"/notes/the-count?x=1#y": "/notes/the-count?x=1#y", "": "/account", "/sign-in?with=password": "/account", "/sign-in/code": "/account",
					"https://evil.example/": "/account", "//evil.example": "/account", `/\evil.example`: "/account", "/%2F%2fevil.example/..": "/account", "javascript:alert(1)": "/account",
				} {
					way(s.browser(), next).goesTo(want)
				}
			})
		}
	})
}

func TestChoosingMails(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		b := s.signedIn("lena@example.org")
		b.get("/account").has(`value="receipts" checked`, `value="reminders" checked`, "are always sent")
		b.send("/account/mails", "mails", "receipts").goesTo("/account?notice=mails#mails")
		b.get("/account?notice=mails").has(`value="receipts" checked`).lacks(`value="reminders" checked`).checkHTML()
		b.send("/account/mails", "mails", "everything").is(422)

		link := "/mail/stop/" + s.ids.StopToken(b.member, identity.MailReceipts)
		stranger := s.browser()
		stranger.get(link).is(200).has("No more of these mails?", "Receipts").private().checkHTML()
		b.get("/account").has(`value="receipts" checked`)
		stranger.send(link, "List-Unsubscribe", "One-Click").is(200).has("You get no more of these mails").checkHTML()
		b.get("/account").lacks(`value="receipts" checked`)
	})
}

func TestTheProfile(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		b := s.signedIn("lena@example.org")
		b.send("/account/name", "name", "Lena", "organization", "Harbour & Sons").goesTo("/account?notice=renamed")
		b.get("/account?notice=renamed").has(`value="Harbour &amp; Sons"`, "Your profile has been changed.").checkHTML()
		b.send("/account/name", "name", "Lena", "organization", strings.Repeat("x", 101)).is(422).has(`href="#f-organization"`).checkHTML()
	})
}
