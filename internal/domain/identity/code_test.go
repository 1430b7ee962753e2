package identity_test

import (
	"fmt"
	"testing"
	"time"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/fault"
)

func wrong(code string) string {
	if code == "000000" {
		return "111111"
	}
	return "000000"
}

func (b *bundle) tryCode(browser, code string) (identity.SignedIn, error) {
	return b.s.SpendCode(b.Context(), identity.SpendCode{Browser: browser, Code: code, Visit: visit})
}

func TestACodeWorksInTheBrowserThatAsked(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		a := b.ask("ada@reader.example")
		stranger := b.ask("bo@reader.example")
		for _, browser := range []string{stranger.browser, "", "nonsense", a.browser + "x"} {
			_, err := b.tryCode(browser, a.code)
			wants(t, err, "code_invalid")
		}
		in, err := b.tryCode(a.browser, " "+a.code[:3]+" "+a.code[3:]+"\u00a0")
		if err != nil || in.Session.Email != "ada@reader.example" {
			t.Errorf("%+v, %v", in, err)
		}
		_, err = b.tryCode(a.browser, a.code)
		wants(t, err, "code_invalid")
		_, err = b.s.SpendLink(t.Context(), a.link, visit)
		wants(t, err, "link_invalid")
	})
}

func TestACodeIsDeadAfterFiveTriesAndTheLinkIsNot(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		a := b.ask("ada@reader.example")
		for range 5 {
			_, err := b.tryCode(a.browser, wrong(a.code))
			wants(t, err, "code_invalid")
		}
		_, err := b.tryCode(a.browser, a.code)
		wants(t, err, "code_invalid")
		if _, err := b.s.SpendLink(t.Context(), a.link, visit); err != nil {
			t.Error(err)
		}
	})
}

func TestTheFifthTryStillCounts(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Engine{Name: db.SQLite})
	a := b.ask("ada@reader.example")
	for range 4 {
		_, _ = b.tryCode(a.browser, wrong(a.code))
	}
	if _, err := b.tryCode(a.browser, a.code); err != nil {
		t.Error(err)
	}
}

func TestManyWrongCodesAtOnceAreCountedOneByOne(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		a := b.ask("ada@reader.example")
		good, bad := atOnce(20, func(i int) (identity.SignedIn, error) {
			from := identity.Visit{Client: fmt.Sprint("192.0.2.", i)} // no counter but the code's own is shared
			return b.s.SpendCode(t.Context(), identity.SpendCode{Browser: a.browser, Code: wrong(a.code), Visit: from})
		})
		if len(good) != 0 {
			t.Fatal("a wrong code signed in")
		}
		for _, err := range bad {
			wants(t, err, "code_invalid")
		}
		var tries int64
		b.db.Read(t.Context()).Raw("SELECT code_tries FROM sign_in_tokens").Scan(&tries)
		if tries != 5 {
			t.Errorf("%d tries were counted", tries)
		}
		_, err := b.tryCode(a.browser, a.code)
		wants(t, err, "code_invalid")
	})
}

func TestARightCodeAtOnceSignsInOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		a := b.ask("ada@reader.example")
		good, _ := atOnce(5, func(int) (identity.SignedIn, error) { return b.tryCode(a.browser, a.code) })
		if len(good) != 1 || b.count("sessions") != 1 {
			t.Errorf("%d signed in, %d sessions", len(good), b.count("sessions"))
		}
	})
}

// A person who pressed "send" twice holds two mails and one browser.
func TestEitherCodeOfOneBrowserWorks(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		first := b.ask("ada@reader.example")
		second := b.askWith(identity.StartSignIn{Email: "ada@reader.example", Browser: first.browser, Surface: "portal"})
		if second.browser != first.browser {
			t.Fatal("the browser got another token")
		}
		if _, err := b.tryCode(first.browser, first.code); err != nil {
			t.Error(err)
		}
		_, err := b.tryCode(first.browser, second.code)
		wants(t, err, "code_invalid")

		third := b.ask("ada@reader.example")
		fourth := b.askWith(identity.StartSignIn{Email: "ada@reader.example", Browser: third.browser, Surface: "portal"})
		for range 5 {
			_, _ = b.tryCode(third.browser, wrong(third.code))
		}
		for _, code := range []string{third.code, fourth.code} {
			_, err := b.tryCode(third.browser, code)
			wants(t, err, "code_invalid")
		}
	})
}

func TestAnExpiredCodeIsWrong(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Engine{Name: db.SQLite})
	a := b.ask("ada@reader.example")
	b.clock.Advance(15 * time.Minute)
	_, err := b.tryCode(a.browser, a.code)
	wants(t, err, "code_invalid")
}

func TestGuessingCodesOfAnAccountEndsForTheDay(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		for range 3 { // three requests, five tries each
			a := b.ask("ada@reader.example")
			for range 5 {
				_, err := b.tryCode(a.browser, wrong(a.code))
				wants(t, err, "code_invalid")
			}
		}
		a := b.ask("ada@reader.example")
		_, err := b.tryCode(a.browser, a.code)
		wants(t, err, "too_many_attempts")
		if got := fault.Of(err).RetryAfter; got < 23*time.Hour || got > 24*time.Hour+time.Second {
			t.Errorf("retry after %v", got)
		}
		if _, err := b.s.SpendLink(t.Context(), a.link, visit); err != nil {
			t.Error("the link is dead too:", err)
		}
		b.clock.Advance(24 * time.Hour)
		a = b.ask("ada@reader.example")
		if _, err := b.tryCode(a.browser, a.code); err != nil {
			t.Error("the next day:", err)
		}
	})
}

func TestARightCodeForgivesTheWrongOnes(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Engine{Name: db.SQLite})
	for range 6 {
		a := b.ask("ada@reader.example")
		for range 4 {
			_, _ = b.tryCode(a.browser, wrong(a.code))
		}
		if _, err := b.tryCode(a.browser, a.code); err != nil {
			t.Fatal(err)
		}
		b.clock.Advance(15 * time.Minute)
	}
}

func TestOneClientCannotGuessForEver(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Engine{Name: db.SQLite})
	_, err := b.tryCode("nobody's browser", "000000")
	wants(t, err, "code_invalid")
	b.exec("UPDATE attempts SET n = 99") // the rest of a busy hour
	_, err = b.tryCode("nobody's browser", "000000")
	wants(t, err, "code_invalid")
	a := b.ask("ada@reader.example")
	_, err = b.tryCode(a.browser, a.code)
	wants(t, err, "too_many_attempts")
	b.clock.Advance(time.Hour)
	a = b.ask("ada@reader.example")
	if _, err := b.tryCode(a.browser, a.code); err != nil {
		t.Error(err)
	}
}
