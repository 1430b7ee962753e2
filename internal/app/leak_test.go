package app

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/google/uuid"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/media"
	"lighttrends/internal/platform/db/dbtest"
)

// secrets plants a different word in every construct of a gated text. No word
// occurs anywhere else, so finding one in an answer is a leak, and the word
// says which construct leaked.
type secrets struct{ words []string }

// planting is how every planted word begins.
const planting = "zq"

func (s *secrets) word(construct string) string {
	w := fmt.Sprintf("%s%dx%s", planting, len(s.words), construct)
	s.words = append(s.words, w)
	return w
}

// body is a text with public words above the paywall and every construct below.
func (s *secrets) body(paywall bool) string {
	w := s.word
	wall := "<!-- paywall -->\n\n"
	if !paywall {
		wall = ""
	}
	return "Openly printed preview.[^pub] See [the list][pub].\n\n" + wall +
		"A " + w("paragraph") + " with **" + w("strong") + "**, *" + w("emphasis") + "*, ~~" + w("strike") + "~~ and `" + w("inlinecode") + "`.\n\n" +
		"## Heading " + w("heading") + "\n\n### Sub " + w("subheading") + "\n\nSetext " + w("setext") + "\n------\n\n" +
		"| " + w("tableheader") + " | b |\n|---|---:|\n| " + w("tablecell") + " | 1 |\n\n" +
		"```go title=\"" + w("codemeta") + "\"\n" + w("codeblock") + "\n```\n\n    " + w("indentedcode") + "\n\n" +
		"Text.[^hid] Again.[^pub]\n\n" +
		"![" + w("alttext") + "](/media/" + w("imageaddress") + ".png \"" + w("caption") + "\")\n\n" +
		"![" + w("refalt") + "][refimage]\n\n" +
		"[" + w("linktext") + "](https://" + w("linkhost") + ".example/" + w("linkpath") + " \"" + w("linktitle") + "\") and [" + w("reflinktext") + "][reflink] <https://" + w("autolink") + ".example>\n\n" +
		"```chart\ntype: bar\ntitle: " + w("charttitle") + "\nunit: " + w("chartunit") + "\nsource: " + w("chartsource") + "\nx: [" + w("chartlabel") + ", b]\nseries:\n  - {name: " + w("chartseries") + ", data: [87654321, 2]}\n```\n\n" +
		"> [!NOTE]\n> A " + w("callout") + ".\n\n> " + w("quote") + "\n\n" +
		"- " + w("listitem") + "\n  1. " + w("nesteditem") + "\n- [ ] " + w("taskitem") + "\n\n" +
		"<details>\n<summary>" + w("summary") + "</summary>\n\n" + w("details") + "\n\n</details>\n\n" +
		"H<sub>" + w("rawhtml") + "</sub> <!-- " + w("comment") + " --> <span title=\"" + w("rawattribute") + "\">" + w("rawtag") + "</span>\n\n" +
		"Last " + w("lastline") + ".\n\n" +
		"[^pub]: A public footnote.\n\n[^hid]: A " + w("footnote") + " that refers on.[^deep]\n\n[^deep]: And " + w("deepfootnote") + ".\n\n" +
		"[pub]: https://public.example/\n[reflink]: https://" + w("refaddress") + ".example/ \"" + w("reftitle") + "\"\n[refimage]: /media/" + w("refimageaddress") + ".png \"" + w("refcaption") + "\"\n"
}

// planted is a house with notes behind every gate, a draft, pending changes to
// a public note and a withdrawn note; all their hidden words are in secrets.
type planted struct {
	*house
	secrets
	number string // a number in the hidden chart's data
	slugs  []string
	ids    []uuid.UUID
	files  []uuid.UUID // attached to them

	previews []string // tokens of links to a draft, for readers who may not read on
	proof    string   // of one that opens it in full
	proofed  string   // a word of its gated text

	forPaid map[string]bool // words that any open subscription opens
	marked  int             // how many words belong to a note already
}

// belongs says which gate the words planted since the last call stand behind.
func (p *planted) belongs(gate access.GateKind) {
	for _, w := range p.words[p.marked:] {
		p.forPaid[w] = gate == access.Paid
	}
	p.marked = len(p.words)
}

func plant(t *testing.T, e dbtest.Engine) *planted {
	t.Helper()
	p := &planted{house: newHouse(t, e), number: "87654321", forPaid: map[string]bool{}}
	h := p.house
	h.plan(t, "reader", 0)
	h.plan(t, "house", 1)
	must(h.desk.PutSeries(h.staff, content.Label{Name: "Letter"}))
	must(h.desk.PutIssue(h.staff, content.IssueInput{Series: "letter", Label: "July 2026", Number: 7, Editorial: "An open editorial."}))
	must(h.desk.PutTopic(h.staff, content.Label{Name: "Film"}))
	must(h.desk.PutAuthor(h.staff, content.Label{Name: "Ada Lind", Role: "Analyst"}))
	add := func(title string, gate access.GateKind, plans []string, body string) *content.DraftView {
		v := h.publish(t, content.Input{
			Title: title, Abstract: "Open abstract.", Body: body, Gate: gate, GatePlans: plans,
			Series: "letter", Issue: "2026-07", Topics: []string{"film"}, Authors: []string{"ada-lind"},
		})
		p.slugs, p.ids = append(p.slugs, v.Note.Slug), append(p.ids, v.Note.ID)
		if gate != access.Public { // files beside it hide in the same way
			a := h.attach(t, v, p.word("filename")+".csv", "year,"+p.word("attachedcell")+"\n2026,1\n", media.AsNote)
			must(h.media.DescribeAttachment(h.staff, v.Note.ID, a.ID, media.AttachmentInput{Title: "Open title", Access: media.AsNote}))
			p.files = append(p.files, a.ID)
		}
		p.belongs(gate)
		return v
	}
	add("Gated paid", access.Paid, nil, p.body(true))
	add("Gated plans", access.Plans, []string{"house"}, p.body(true))
	add("Gated nobody", access.Plans, nil, p.body(true))
	add("No paywall", access.Paid, nil, p.body(false))

	// What was behind the gate before an update stays behind it, by any number.
	for title, gate := range map[string]access.GateKind{"Corrected": access.Paid, "Closed later": access.Public} {
		from := len(p.words)
		body := p.body(true)
		if gate == access.Public {
			body = p.word("onceopen")
		}
		v := add(title, gate, nil, body)
		in := v.Input()
		in.Body, in.Gate = p.body(true), access.Paid
		must(h.desk.Save(h.staff, v.Note.ID, 0, in))
		must(h.desk.Publish(h.staff, v.Note.ID, content.Publish{Change: content.Major, Notice: "An open notice."}))
		for _, w := range p.words[from:] { // who may read it now may read what it was
			p.forPaid[w] = true
		}
		p.marked = len(p.words)
	}
	// A former address leads to the new one and tells nothing else.
	moved := add("Moved", access.Paid, nil, p.body(true))
	in := moved.Input()
	in.Slug = "moved-on"
	must(h.desk.Save(h.staff, moved.Note.ID, 0, in))
	must(h.desk.Publish(h.staff, moved.Note.ID, content.Publish{}))
	p.slugs = append(p.slugs, in.Slug)

	live := add("Changed later", access.Public, nil, "All of this is open.")
	in = live.Input()
	in.Title, in.Abstract, in.Body, in.SEOTitle, in.CoverAlt = p.word("drafttitle"), p.word("draftabstract"), p.word("draftbody"), p.word("draftseo"), p.word("draftalt")
	must(h.desk.Save(h.staff, live.Note.ID, 0, in))

	draft := must(h.desk.Create(h.staff, content.Input{Title: "Unborn " + p.word("unpublished"), Slug: "unborn", Abstract: p.word("unpublishedabstract"), Body: p.word("unpublishedbody")}))
	// An issue in the making keeps its editorial to itself, also when one of its notes is out.
	held := must(h.desk.CreateIssue(h.staff, content.IssueInput{
		Series: "letter", Label: "August 2026", Title: p.word("issuetitle"), Editorial: p.word("editorial"), CoverAlt: p.word("issuecover"),
	}))
	early := h.publish(t, content.Input{Title: "Early", Abstract: "Open abstract.", Body: "All open.", Gate: access.Public})
	must(h.desk.Arrange(h.staff, held.ID, 0, []uuid.UUID{early.Note.ID}))

	// Nothing of a note under embargo shows anywhere, not even that there is one.
	waits := must(h.desk.Create(h.staff, content.Input{
		Title: "Embargoed " + p.word("embargotitle"), Slug: "embargoed", Abstract: p.word("embargoabstract"), Body: p.word("embargobody"), Gate: access.Public,
		Series: "letter", Issue: "2026-07", Topics: []string{"film"}, Authors: []string{"ada-lind"},
	}))
	tomorrow := h.clock.Now().AddDate(0, 0, 1).Format("2006-01-02T15:04")
	must(h.desk.Schedule(h.staff, waits.Note.ID, content.ScheduleInput{Action: content.DoPublish, At: tomorrow}))
	p.slugs, p.ids = append(p.slugs, "embargoed"), append(p.ids, waits.Note.ID)

	gone := add("Withdrawn "+p.word("withdrawntitle"), access.Public, nil, p.word("withdrawnbody"))
	must(h.desk.Retract(h.staff, gone.Note.ID, 0, "Wrong sample."))
	p.slugs, p.ids = append(p.slugs, "unborn"), append(p.ids, draft.Note.ID)
	p.plantPreviews(t)
	p.talk(t)
	return p
}

// plantPreviews makes a draft with links to it, one for each kind of reader
// who sees no more than its teaser.
func (p *planted) plantPreviews(t *testing.T) {
	t.Helper()
	p.proofed = fmt.Sprintf("zq%dxparagraph", len(p.words))
	v := must(p.desk.Create(p.staff, content.Input{Title: "In proof", Abstract: "Open abstract.", Body: p.body(true), Gate: access.Plans, GatePlans: []string{"house"}}))
	p.belongs(access.Plans)
	p.ids = append(p.ids, v.Note.ID)
	for _, in := range []content.LinkInput{
		{Audience: content.AsFull}, {Audience: content.AsAnonymous}, {Audience: content.AsFree}, {Audience: content.AsLapsed}, {Audience: content.AsPlan, Plan: "reader"},
	} {
		_, token, err := p.desk.MakePreviewLink(p.staff, v.Note.ID, in)
		if err != nil {
			t.Fatal(err)
		}
		p.previews = append(p.previews, token)
	}
	p.proof, p.previews = p.previews[0], p.previews[1:]
}

// talk plants what staff say to each other, about every note. No reader may
// read it, whatever they pay.
func (p *planted) talk(t *testing.T) {
	t.Helper()
	for _, id := range p.ids {
		anchor := content.Anchor{Quote: p.word("quote"), Prefix: p.word("prefix"), Suffix: p.word("suffix")}
		thread := must(p.desk.Comment(p.staff, id, content.Remark{Body: p.word("remark"), Anchor: anchor}))
		must(p.desk.Reply(p.staff, id, thread.ID, content.Remark{Body: p.word("reply")}))
		must(p.desk.Comment(p.staff, id, content.Remark{Body: p.word("wholenote")}))
	}
	p.marked = len(p.words)
}

// TestSearchIsNoOracle: what a stranger gets for a hidden word is, but for the
// word itself, what they get for a word that exists nowhere.
func TestSearchIsNoOracle(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		p := plant(t, e)
		v := p.stranger(t)
		answer := func(word string) string {
			resp, body := v.get("/search?q=" + word)
			if resp.StatusCode != http.StatusOK {
				t.Fatalf("%q: %d", word, resp.StatusCode)
			}
			return strings.ReplaceAll(body, word, "WORD")
		}
		nothing := answer("zznowhere")
		if _, body := v.get("/search?q=openly"); !strings.Contains(body, "Gated paid") {
			t.Fatal("public words are not found, so this test could not fail")
		}
		for _, w := range p.words {
			if answer(w) != nothing {
				t.Errorf("the search answers differently for %s", w)
			}
		}
	})
}

// watched publishes a note, saves a draft, and publishes that, with a hidden
// text of its own; it returns what a stranger sees after each step.
func watched(t *testing.T, h *house, hidden string) (steps [3][]string) {
	t.Helper()
	key := h.contentKey(t)
	body := func(hidden string) string {
		return "Open.\n\n<!-- paywall -->\n\n## " + hidden + "\n\n" + strings.Repeat(hidden+" ", 30) + "\n"
	}
	see := func() (all []string) {
		s := h.stranger(t)
		for _, path := range []string{"/", "/notes/watched", "/feed.xml", "/sitemap.xml", "/sitemap/news.xml", "/llms.txt", "/search?q=watched", "/api/content/v1/notes", "/api/content/v1/notes/watched"} {
			resp, text := s.get(path, "X-Api-Key", key)
			if resp.StatusCode != http.StatusOK {
				t.Fatalf("%s: %d", path, resp.StatusCode)
			}
			all = append(all, path+" "+resp.Header.Get("ETag")+" "+text)
		}
		return all
	}
	v := h.publish(t, paid("Watched", body(hidden)))
	steps[0] = see()
	in := v.Input()
	in.Body = body(hidden + "again")
	must(h.desk.Save(h.staff, v.Note.ID, 0, in))
	steps[1] = see()
	again := must(h.desk.Publish(h.staff, v.Note.ID, content.Publish{Change: content.Silent}))
	if *again.Note.LiveRevision == *v.Note.LiveRevision {
		t.Fatal("the change is not live")
	}
	steps[2] = see()
	return steps
}

// TestHiddenChangesAreInvisible: saving a draft changes no answer to a stranger
// by a byte, and two publications that differ only below the paywall answer
// alike but for ids, times and tags.
func TestHiddenChangesAreInvisible(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		one, other := newHouse(t, e), newHouse(t, e)
		a, b := watched(t, one, "alpha"), watched(t, other, "omega")
		for i := range a[0] {
			if a[0][i] != a[1][i] {
				t.Errorf("saving a draft shows: %s", diffOf(a[0][i], a[1][i]))
			}
		}
		for step := range a {
			for i := range a[step] {
				if x, y := one.blank(a[step][i]), other.blank(b[step][i]); x != y {
					t.Errorf("another hidden text shows: %s", diffOf(x, y))
				}
			}
		}
	})
}

// fleeting are times, ids and tags, which stand for the whole of an answer.
var fleeting = regexp.MustCompile(`\d{4}-\d\d-\d\dT[0-9:.]+(?:Z|[+-]\d\d:\d\d)|\w{3}, \d\d \w{3} \d{4} [0-9:]+ [A-Z+0-9]+|"[\w-]{16}(?:-gz)?"|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}`)

// blank takes out what differs between two houses with the same content.
func (h *house) blank(text string) string {
	return fleeting.ReplaceAllString(strings.NewReplacer(h.cfg.BaseURL, "BASE", h.cfg.Addr, "ADDR").Replace(text), "X")
}

// diffOf shows where two texts part.
func diffOf(a, b string) string {
	i := 0
	for i < min(len(a), len(b)) && a[i] == b[i] {
		i++
	}
	from := max(0, i-80)
	return fmt.Sprintf("…%.160s… became …%.160s…", a[from:], b[from:])
}
