package app

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/db/dbtest"
)

// hiddenWords are what two houses hide in the same places; nothing else tells
// them apart.
var hiddenWords = [2][]string{{"zirconia", "quasar", "9417"}, {"obsidian", "nebula", "5208"}}

// blindShelf is a house with gated notes that hide some words.
func blindShelf(t *testing.T, e dbtest.Engine, words []string) *shelf {
	t.Helper()
	h := newHouse(t, e)
	h.plan(t, "house", 1)
	must(h.desk.PutSeries(h.staff, content.Label{Name: "Letter"}))
	must(h.desk.PutIssue(h.staff, content.IssueInput{Series: "letter", Label: "July 2026"}))
	must(h.desk.PutTopic(h.staff, content.Label{Name: "Film"}))
	must(h.desk.PutAuthor(h.staff, content.Label{Name: "Ada Lind"}))
	gates := []access.GateKind{access.Paid, access.Members, access.Plans, access.Public}
	for i := range 8 {
		in := content.Input{Title: fmt.Sprintf("Light %d", i), Abstract: "About lamps.", Gate: gates[i%4], Kind: content.Kinds()[i%5]}
		in.Body = "Open lamps.\n\n<!-- paywall -->\n\n## On " + words[0] + "\n\n" + strings.Repeat(words[1]+" lamp "+words[2]+" ", 40) + "\n\n| a | b |\n|---|---|\n| " + words[0] + " | 1 |\n\nSaid.[^1]\n\n[^1]: " + words[1] + "\n"
		if in.Gate == access.Public {
			in.Body = "Open lamps, all of them."
		}
		if in.Gate == access.Plans {
			in.GatePlans = []string{"house"}
		}
		if i%2 == 0 {
			in.Series, in.Issue, in.Topics = "letter", "2026-07", []string{"film"}
		}
		if i%3 == 0 {
			in.Authors = []string{"ada-lind"}
		}
		h.publish(t, in)
	}
	return &shelf{h, h.contentKey(t), h.stranger(t)}
}

// drawnFilter is a filter of any form, with values that are there and values
// that are hidden.
func drawnFilter(t *rapid.T, depth int) string {
	pick := func(list ...string) string { return rapid.SampledFrom(list).Draw(t, "part") }
	if depth > 0 && rapid.Bool().Draw(t, "joined") {
		switch pick("and", "or", "not") {
		case "not":
			return "not (" + drawnFilter(t, depth-1) + ")"
		case "and":
			return "(" + drawnFilter(t, depth-1) + " and " + drawnFilter(t, depth-1) + ")"
		default:
			return drawnFilter(t, depth-1) + " or " + drawnFilter(t, depth-1)
		}
	}
	number := pick("0", "1", "2", "100", "200", "9417", "5208")
	switch pick("number", "text", "name", "time", "null", "odd") {
	case "number":
		return pick("minutes", "words", "figures", "tables") + pick("=", "!=", "<", "<=", ">", ">=", "= ..", "not in (1,2) or words >") + number
	case "text":
		return pick("kind", "gate", "plan", "slug", "title") + pick("=", "!=") + pick("data", "paid", "house", "light-1", `"Light 2"`, "zirconia", "nebula")
	case "name":
		return pick("series = letter", "issue = 2026-07", "topic in (film)", "author != ada-lind", "topic = quasar")
	case "time":
		return pick("published_at", "changed_at", "updated_at") + pick(">= 2020", "< 2020", "= 2000..2100", "!= 2021-07")
	case "null":
		return pick("series", "issue", "topic", "author", "updated_at", "words", "tables", "cover") + pick(" = null", " != null")
	default:
		return pick("body = zirconia", "text != null", "excerpt = obsidian", "kind <", "words = quasar", "(")
	}
}

// drawnPath asks for anything, in any way.
func drawnPath(t *rapid.T) string {
	pick := func(list ...string) string { return rapid.SampledFrom(list).Draw(t, "part") }
	some := func(list ...string) string { return rapid.SampledFrom(append(list, "")).Draw(t, "maybe") }
	q := url.Values{}
	add := func(name, value string) {
		if value != "" {
			q.Set(name, value)
		}
	}
	path := pick("/notes", "/search", "/search", "/notes", "/notes/light-0", "/notes/light-2", "/notes/light-4/versions/1", "/issues/letter/2026-07", "/changes")
	fields := some("slug,title", "text,teaser,access", "behind,minutes,gate", "abstract,version", "body", "attachments,versions")
	switch path {
	case "/search":
		add("q", pick("lamps", "zirconia", "obsidian", "quasr lamp", "nebla", "9417", `"lamp 9417"`, `-nebula light`, "light -zirconia", "topic:film lamp", "obsidan", "5208 light"))
		add("sort", some("best", "recent"))
		fallthrough
	case "/notes":
		if rapid.Bool().Draw(t, "filtered") {
			add("filter", drawnFilter(t, 3))
		}
		add("limit", some("1", "3", "50"))
		add("fields", fields)
		add("include", some("authors", "topics,issue", "related"))
		if path == "/notes" {
			add("sort", some("title", "-title", "minutes", "-minutes", "changed_at", "-published_at", "words", "zirconia"))
			add("total", some("true"))
		}
	case "/issues/letter/2026-07", "/changes":
	default:
		add("format", some("html", "markdown", "text"))
		if !strings.Contains(path, "versions") {
			add("fields", fields)
			add("include", some("authors,related", "issue"))
		}
	}
	return path + "?" + q.Encode()
}

// placesInLists are values that stand for times and ids.
var placesInLists = regexp.MustCompile(`"next":"[^"]*"|since=\S+|cursor=[\w-]+`)

// TestHiddenTextMovesNoAnswer: two houses that differ in nothing but their gated
// text answer a stranger alike, whatever is asked.
func TestHiddenTextMovesNoAnswer(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		houses := []*shelf{blindShelf(t, e, hiddenWords[0]), blindShelf(t, e, hiddenWords[1])}
		member := houses[0].subscriber(t, "reader@example.com", "house")
		if _, body := houses[0].ask("/search?q=zirconia", "Authorization", "Bearer "+member.token); !strings.Contains(body, "<mark>zirconia</mark>") {
			t.Fatal("the words are nowhere, so this test could not fail:", body)
		}
		answers := map[int]int{}
		rapid.Check(t, func(rt *rapid.T) {
			path := drawnPath(rt)
			var got [2]string
			for i, s := range houses {
				resp, body := s.ask(path)
				answers[resp.StatusCode]++
				seen := fmt.Sprint(resp.StatusCode, resp.Header.Get("Link"), resp.Header.Get("Surrogate-Key"), " ", body)
				got[i] = placesInLists.ReplaceAllString(s.blank(seen), "X")
			}
			if got[0] != got[1] {
				rt.Fatalf("%s: %s", path, diffOf(got[0], got[1]))
			}
		})
		if answers[200] == 0 || answers[400] == 0 {
			t.Error("only", answers)
		}
	})
}
