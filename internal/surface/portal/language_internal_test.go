package portal

import "testing"

// TestLinksStayInTheLanguage of a page, where they lead to pages of ours.
func TestLinksStayInTheLanguage(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		`<a href="/notes/silicon-photonics">`:                     `<a href="/de/notes/silicon-photonics">`,
		`<a class="x" href="/">`:                                  `<a class="x" href="/de/">`,
		`<form action="/search"><a href="/plans">`:                `<form action="/de/search"><a href="/de/plans">`,
		`<a href="/en/plans">`:                                    `<a href="/en/plans">`,
		`<link href="/favicon.svg"> href="/apple-touch-icon.png"`: `<link href="/favicon.svg"> href="/apple-touch-icon.png"`,
		`<a href="/topics/film/feed.xml">`:                        `<a href="/topics/film/feed.xml">`,
		`<a href="//evil.example"><a href="https://a.example/">`:  `<a href="//evil.example"><a href="https://a.example/">`,
		`<a href="/docs/"><a href="#x"><img src="/media/x">`:      `<a href="/docs/"><a href="#x"><img src="/media/x">`,
		`<a href="/cut`: `<a href="/cut`,
	} {
		if got := string(inTongue([]byte(body), "/de")); got != want {
			t.Errorf("%s became %s", body, got)
		}
	}
}
