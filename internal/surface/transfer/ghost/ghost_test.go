package ghost_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lighttrends/internal/surface/transfer/ghost"
	"lighttrends/internal/surface/transfer/source"
)

func open(t *testing.T, posts, members string) *ghost.Export {
	t.Helper()
	var m *strings.Reader
	if members == "" {
		x, err := ghost.Open(strings.NewReader(posts), int64(len(posts)), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	m = strings.NewReader(members)
	x, err := ghost.Open(strings.NewReader(posts), int64(len(posts)), m, m.Size())
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func all(t *testing.T, x source.Reader) (out []source.Entry) {
	t.Helper()
	for e := range x.Entries(t.Context()) {
		out = append(out, e)
	}
	if len(out) != x.Count() {
		t.Errorf("%d entries, and %d were promised", len(out), x.Count())
	}
	return out
}

// site is an export with its tables in an order that needs two readings.
const site = `{"db":[{"meta":{"exported_on":1753891082041,"version":"6.0.0"},"data":{
"posts":[
 {"id":"p1","title":"One","slug":"one","html":"<p>Open</p><!--members-only--><p>Paid</p>","lexical":"{}","feature_image":"__GHOST_URL__/content/images/2025/a.png","type":"post","status":"published","visibility":"paid","created_at":"2025-06-29T00:00:00.000Z","published_at":"2025-06-30T15:35:36.000Z","custom_excerpt":"Short."},
 {"id":"p2","title":"About","slug":"about","type":"page","status":"published","html":"x"},
 {"id":3,"title":"Three","slug":"three","html":null,"lexical":"{\"root\":{\"children\":[{\"type\":\"paragraph\",\"children\":[{\"type\":\"text\",\"text\":\"A & \"},{\"type\":\"text\",\"format\":1,\"text\":\"b\"}]},{\"type\":\"paywall\"},{\"type\":\"list\",\"listType\":\"number\",\"children\":[{\"type\":\"listitem\",\"children\":[{\"type\":\"text\",\"text\":\"c\"}]}]}]}}","status":"draft","visibility":"tiers"},
 "nonsense",
 {"id":"p5","title":{"a":1}},
 {"id":"p6","title":"Six","slug":"six","html":"<p>x</p>","status":"published","published_at":"someday","visibility":"label:vip"},
 {"id":"p7","title":"Seven","slug":"seven","html":"<p>x</p>","status":"published","published_at":null,"created_at":1388805572000,"author_id":"u1"},
 {"title":"No id"}
],
"posts_authors":[{"post_id":"p1","author_id":"u2","sort_order":1},{"post_id":"p1","author_id":"u1","sort_order":0},{"post_id":"p1","author_id":"gone","sort_order":2}],
"posts_meta":[{"post_id":"p1","feature_image_alt":"A chart","meta_title":"SEO"},{"post_id":"p7","email_only":1}],
"posts_tags":[{"post_id":"p1","tag_id":"t2","sort_order":1},{"post_id":"p1","tag_id":"t1","sort_order":0}],
"posts_products":[{"post_id":3,"product_id":"g"}],
"products":[{"id":"g","name":"Gold","slug":"gold"}],
"settings":[{"key":"title","value":"x"}],
"tags":[{"id":"t1","name":"Films","slug":"films"},{"id":"t2","name":"#secret","slug":"hash-secret","visibility":"internal"}],
"users":[{"id":"u1","name":"Ann","slug":"ann"},{"id":"u2","name":"Bo","slug":"bo"}]
}}]}`

const list = "id,email,name,note,subscribed_to_emails,complimentary_plan,stripe_customer_id,created_at,deleted_at,labels,tiers\n" +
	"m1,Ann@Example.com,Ann,,true,,cus_1,2024-01-02T03:04:05.000Z,,,\n" +
	"m2,bo@example.com,,a note,false,true,auto,soon,,\"x, y\",\n"

func TestAnExportIsRead(t *testing.T) {
	t.Parallel()
	got := all(t, open(t, site, list))
	if len(got) != 10 {
		t.Fatalf("%+v", got)
	}
	want := source.Note{
		ID: "p1", Title: "One", Slug: "one", Abstract: "Short.", HTML: "<p>Open</p><!--members-only--><p>Paid</p>",
		Authors: []source.Name{{Slug: "ann", Name: "Ann"}, {Slug: "bo", Name: "Bo"}}, Topics: []source.Name{{Slug: "films", Name: "Films"}},
		Gate: "paid", Published: true, At: time.Date(2025, 6, 30, 15, 35, 36, 0, time.UTC), Path: "/one",
		Cover: "__GHOST_URL__/content/images/2025/a.png", CoverAlt: "A chart", SEOTitle: "SEO", Warnings: []string{"an author of it is not in the export"},
	}
	if diff := cmp.Diff(&want, got[0].Note); diff != "" {
		t.Error(diff)
	}
	if got[1].Skip == "" {
		t.Error("a page was taken")
	}
	three := got[2].Note
	if three.ID != "3" || three.HTML != "<p>A &amp; <strong>b</strong></p><!--members-only--><ol><li>c</li></ol>" || three.Published || three.Gate != "plans" || !cmp.Equal(three.Tiers, []string{"gold"}) {
		t.Errorf("%+v", three)
	}
	for i, where := range map[int]string{3: "posts[3]", 4: "posts[4]", 7: "posts[7]"} {
		if got[i].Err == nil || got[i].Where != where {
			t.Errorf("%d: %+v", i, got[i])
		}
	}
	if six := got[5].Note; six.Published || six.Gate != "paid" || len(six.Warnings) != 2 {
		t.Errorf("%+v", six)
	}
	if seven := got[6].Note; seven.Published || len(seven.Authors) != 1 { // by mail only
		t.Errorf("%+v", seven)
	}
	ann, bo := got[8].Member, got[9].Member
	if ann.Email != "Ann@Example.com" || ann.StripeCustomer != "cus_1" || ann.Unsubscribed || ann.Complimentary || ann.CreatedAt.Year() != 2024 || got[8].Where != "members.csv:2" {
		t.Errorf("%+v", ann)
	}
	if !bo.Unsubscribed || !bo.Complimentary || bo.StripeCustomer != "" || len(bo.Warnings) != 3 {
		t.Errorf("%+v", bo)
	}
}

func TestWithoutTheListAroundIt(t *testing.T) {
	t.Parallel()
	if got := all(t, open(t, `{"meta":{},"data":{"posts":[{"id":1,"title":"A","markdown":"*a*","status":"published","published_at":1388805572000}]}}`, "")); len(got) != 1 || got[0].Note.Markdown != "*a*" || !got[0].Note.Published {
		t.Errorf("%+v", got)
	}
}

func TestABrokenFileIsReadAsFarAsItGoes(t *testing.T) {
	t.Parallel()
	before, _, _ := strings.Cut(site, `"nonsense"`)
	for name, text := range map[string]string{
		"cut off":      before,
		"broken":       strings.Replace(site, `"nonsense"`, `nonsense`, 1),
		"no export":    `{"hello":[1,2,{"a":3}]}`,
		"no JSON":      "<html>",
		"empty":        "",
		"a list":       `[1,[2,{"a":1}]]`,
		"not an array": `{"data":{"posts":{"a":{"b":1}}}}`,
		"deep":         `{"data":{"posts":[` + strings.Repeat("[", 20000),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := all(t, open(t, text, ""))
			want := 1
			switch name {
			case "cut off", "broken":
				want = 4
			case "not an array":
				want = 0
			}
			if len(got) != want {
				t.Fatalf("%d entries: %+v", len(got), got)
			}
			if want > 0 && (got[want-1].Err == nil || got[want-1].Where != "the file") {
				t.Errorf("%+v", got[want-1])
			}
		})
	}
	if _, err := ghost.Open(strings.NewReader("PK\x03\x04 not a zip"), 16, nil, 0); err == nil {
		t.Error("a broken zip was opened")
	}
}

func TestALargeExportIsAStream(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString(`{"db":[{"data":{"posts":[`)
	for i := range 10_000 {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"id":"%d","title":"Note %d","slug":"note-%d","html":"<p>%s</p>","status":"published","published_at":"2024-01-02T00:00:00.000Z"}`, i, i, i, strings.Repeat("word ", 100))
	}
	b.WriteString(`]}}]}`)
	x, n := open(t, b.String(), ""), 0
	for e := range x.Entries(t.Context()) {
		if e.Err != nil {
			t.Fatal(e.Err)
		}
		n++
	}
	if n != 10_000 || x.Count() != n {
		t.Error(n, x.Count())
	}
}
