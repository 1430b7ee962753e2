package portal

import (
	"testing"
	"time"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/phrase"
)

func TestMoney(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		amount   int64
		currency string
		want     string
	}{
		{4900, "usd", "$49"}, {4950, "EUR", "€49.50"}, {145000000, "gbp", "£1,450,000"}, {5, "usd", "$0.05"}, {0, "usd", "$0"},
		{1200, "jpy", "¥1,200"}, {1234, "kwd", "KWD\u00a01.234"}, {1200, "chf", "CHF\u00a012"}, {-4905, "usd", "−$49.05"}, {99, "vnd", "VND\u00a099"},
	} {
		if got := price(phrase.In("en"), x.amount, x.currency); got != x.want {
			t.Errorf("%d %s: %q, want %q", x.amount, x.currency, got, x.want)
		}
	}
}

func TestCount(t *testing.T) {
	t.Parallel()
	en := phrase.In("en")
	if plural(en, 1, "note", "notes") != "1 note" || plural(en, 1200, "note", "notes") != "1,200 notes" {
		t.Error("plural")
	}
	if initial("étienne") != "É" || initial("") == "É" {
		t.Error("initial")
	}
}

func TestWithin(t *testing.T) {
	t.Parallel()
	for d, want := range map[time.Duration]string{
		0: "a minute", 30 * time.Second: "a minute", 61 * time.Second: "a minute", 90 * time.Second: "2 minutes", 43 * time.Minute: "43 minutes",
		time.Hour: "an hour", time.Hour + time.Second: "an hour", 90 * time.Minute: "90 minutes", 3 * time.Hour: "3 hours",
	} {
		if got := waitText(phrase.In("en"), d); got != want {
			t.Errorf("%v: %q, want %q", d, got, want)
		}
	}
}

func TestSaving(t *testing.T) {
	t.Parallel()
	price := func(amount int64, currency string) *billing.Price {
		return &billing.Price{Amount: amount, Currency: currency}
	}
	for _, x := range []struct {
		month, year *billing.Price
		want        string
	}{
		{price(4900, "usd"), price(49000, "usd"), "two months free"},
		{price(1000, "usd"), price(11000, "usd"), "one month free"},
		{price(1000, "usd"), price(10500, "usd"), "12 percent less"},
		{price(1000, "usd"), price(12000, "usd"), ""},
		{price(1000, "usd"), price(13000, "usd"), ""},
		{price(1000, "usd"), price(10000, "eur"), ""},
		{nil, price(10000, "eur"), ""},
	} {
		if got := saving(phrase.In("en"), x.month, x.year); got != x.want {
			t.Errorf("%v %v: %q, want %q", x.month, x.year, got, x.want)
		}
	}
	if commonSaving([]planCard{{Saving: "x"}, {Saving: "y"}}) != "" || commonSaving([]planCard{{Saving: "x"}, {Saving: "x"}}) != "x" {
		t.Error("commonSaving")
	}
}

func TestElsewhere(t *testing.T) {
	t.Parallel()
	const in = `<p class="x" id="y">See <a href="/notes/a">a</a>, <a href="#fn_1">1</a>, <a href="https://b.example">b</a> &amp; &lt;c&gt;.</p>` +
		`<figure class="chart"><svg class="chart-wide"><g><text>gone</text></g></svg><svg viewBox="0"/><figcaption>kept</figcaption></figure><img src="/media/1/full.png" alt="x" loading="lazy"><a href="//d.example">d</a>`
	const want = `<p>See <a href="https://p.example/notes/a">a</a>, <a href="https://p.example/notes/n#fn_1">1</a>, <a href="https://b.example">b</a> &amp; &lt;c&gt;.</p>` +
		`<figure><figcaption>kept</figcaption></figure><img src="https://p.example/media/1/full.png" alt="x"><a href="//d.example">d</a>`
	if got := elsewhere(in, "https://p.example/notes/n", "https://p.example"); got != want {
		t.Errorf("\n%s\n%s", got, want)
	}
}

func TestOnward(t *testing.T) {
	t.Parallel()
	for next, want := range map[string]string{"": "/account", "/sign-in": "/account", "/sign-in?next=/x": "/account", "/sign-in/link/x": "/account", "/notes/a": "/notes/a", "/sign-in-here": "/sign-in-here"} {
		if got := onward(next); got != want {
			t.Errorf("%q: %q", next, got)
		}
	}
}

// TestGrace tells the truth about reading on, also when the grace is over.
func TestGrace(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 8, 1, 12, 0, 0, 0, time.UTC)
	soon, past := now.AddDate(0, 0, 8), now.AddDate(0, 0, -1)
	for _, x := range []struct {
		status billing.Status
		until  *time.Time
		want   string
	}{
		{billing.PastDue, &soon, "You can read on until 9 August 2026."},
		{billing.PastDue, &past, "Pay it, or change the card, and your access opens again."},
		{billing.PastDue, nil, "You can read on for now. Pay it, or change the card, and it stays so."},
		{billing.Unpaid, nil, "Pay it, or change the card, and your access opens again."},
	} {
		h := holding{billing.Holding{Subscription: &billing.Subscription{}, Trouble: &billing.Trouble{Until: x.until}}, now, nil}
		h.Status = x.status
		if got := h.Grace(); got != x.want {
			t.Errorf("%s, %v: %q", x.status, x.until, got)
		}
	}
}
