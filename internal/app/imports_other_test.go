package app

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/billing"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/porter"
	"lighttrends/internal/platform/db/dbtest"
)

// wxr is an export of WordPress with these items.
func wxr(items ...string) string {
	return `<?xml version="1.0" encoding="UTF-8" ?><rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel>
<wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>https://old.example</wp:base_blog_url><wp:author><wp:author_login>ann</wp:author_login><wp:author_display_name>Ann Ek</wp:author_display_name></wp:author>
` + strings.Join(items, "\n") + "</channel></rss>"
}

func wpPost(id int, slug, body, more string) string {
	return fmt.Sprintf(`<item><title><![CDATA[About %s]]></title><link>https://old.example/2021/07/%s/</link><dc:creator>ann</dc:creator><wp:post_id>%d</wp:post_id><wp:post_name>%s</wp:post_name><wp:post_date_gmt>2021-07-07 09:00:00</wp:post_date_gmt><wp:status>publish</wp:status><wp:post_type>post</wp:post_type><content:encoded><![CDATA[%s]]></content:encoded>%s</item>`, slug, slug, id, slug, body, more)
}

// oddText is what years of editors leave behind.
const oddText = "Open words<sup data-fn=\"f1\" class=\"fn\"><a href=\"#f1\" id=\"f1-link\">1</a></sup>.\n\n<ul><li>a<ul><li>b</li></ul></li></ul>\n\n<table><tr><td>1</td><td>2</td></tr></table>\n\n<p>a<div>b</b></i><script>alert(1)</script></div>\n\n<!--more-->\n\nHidden words. <iframe src=\"https://video.example/1\"></iframe>"

func TestAnImportFromWordPress(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		file := wxr(
			wpPost(1, "one", oddText, `<category domain="category" nicename="films">Films</category><wp:postmeta><wp:meta_key>footnotes</wp:meta_key><wp:meta_value><![CDATA[[{"content":"The note.","id":"f1"}]]]></wp:meta_value></wp:postmeta>`),
			wpPost(2, "%e6%97%a5", "No Latin letter in its address.", ""),
			strings.Replace(wpPost(3, "one", "The same address.", ""), "2021-07-07 09:00:00", "someday", 1),
			wpPost(4, "empty", "", ""),
		)
		options := porter.Options{MoreIsPaywall: true}
		first := h.bring(t, porter.StartImport{Source: "wordpress", Options: options}, file)
		if diff := cmp.Diff([]string{
			"line 3 note made: a link stands in place of what was embedded from video.example",
			"line 14 note made:",
			"line 15 note made: its date cannot be read: it stays a draft; its address was taken; it is at /notes/one-2",
			"line 16 note made: it has no text: it stays a draft",
		}, h.report(t, first)); diff != "" {
			t.Error(diff)
		}
		v := must(h.desk.DraftBySlug(h.staff, "one"))
		above, below, ok := strings.Cut(v.Body, "\n\n<!-- paywall -->\n\n")
		if !ok || v.Revision.Gate != access.Paid || !strings.Contains(above, "Open words[^1].") || !strings.Contains(above, "- a\n") || !strings.Contains(above, "| 1 | 2 |") ||
			strings.Contains(v.Body, "alert") || !strings.Contains(below, "Hidden words. [https://video.example/1](https://video.example/1)") || !strings.Contains(below, "[^1]: The note.") || v.Authors[0].Name != "Ann Ek" {
			t.Errorf("%s\n%+v", v.Body, v.Revision)
		}
		if r, _ := h.stranger(t).get("/2021/07/one/"); !strings.HasSuffix(r.Header.Get("Location"), "/notes/one") {
			t.Error(r.StatusCode, r.Header)
		}
		if _, page := h.stranger(t).get("/notes/one"); strings.Contains(page, "Hidden words") || !strings.Contains(page, "Open words") {
			t.Error("the paywall leaks, or nothing is shown")
		}
		if again := h.bring(t, porter.StartImport{Source: "wordpress", Options: options}, file); again.Unchanged != 4 {
			t.Errorf("%+v %v", again.Counts, h.report(t, again))
		}
		broken := h.bring(t, porter.StartImport{Source: "wordpress", Options: options}, file[:len(file)-300])
		if broken.Unchanged != 3 || broken.Failed != 1 || broken.State != porter.Done {
			t.Errorf("%+v %v", broken.Counts, h.report(t, broken))
		}
	})
}

func TestAnImportFromSubstack(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		h.plan(t, "reader", 0)
		file := zipped(t,
			"posts.csv", "post_id,post_date,is_published,email_sent_at,type,audience,title,subtitle,podcast_url\n11.one,2024-05-06T07:08:09.000Z,true,,newsletter,only_paid,One,Sub,\n12.two,,false,,newsletter,everyone,Two,,\n",
			"posts/11.one.html", `<p>Open.</p><div class="paywall-jump" data-component-name="PaywallToDOM"></div><p>Hidden.</p>`, "posts/12.two.html", "<p>x</p>",
			"email_list.x.csv", "email,active_subscription,expiry,plan,email_disabled,created_at\na@example.com,true,2027-01-01T00:00:00.000Z,comp,true,2023-01-01T00:00:00.000Z\n")
		until := time.Now().AddDate(3, 0, 0)
		in := porter.StartImport{Source: "substack", Options: porter.Options{Complimentary: "*", ComplimentaryUntil: &until}}
		if first := h.bring(t, in, file); first.Made != 3 || first.Warned != 0 {
			t.Fatalf("%+v %v", first.Counts, h.report(t, first))
		}
		one, two := must(h.desk.DraftBySlug(h.staff, "one")), must(h.desk.DraftBySlug(h.staff, "two"))
		if one.Body != "Open.\n\n<!-- paywall -->\n\nHidden.\n" || one.Revision.Gate != access.Paid || one.Revision.Abstract != "Sub" || two.Note.Status != content.Draft {
			t.Errorf("%+v %+v", one, two)
		}
		a := must(h.identity.MemberByEmail(h.staff, "a@example.com"))
		terms := must(h.billing.Terms(h.staff, a.ID))
		if len(terms) != 1 || terms[0].Plan != nil || terms[0].Source != billing.TermComplimentary || terms[0].EndsAt.Year() != 2027 || a.Wants("newsletters") {
			t.Errorf("%+v %+v", a, terms)
		}
		if again := h.bring(t, in, file); again.Unchanged != 3 || len(must(h.billing.Terms(h.staff, a.ID))) != 1 {
			t.Errorf("%+v %v", again.Counts, h.report(t, again))
		}
	})
}

// TestALargeImportSurvivesARestart stops the node in the middle, with nobody
// but the queue to take the job up again.
func TestALargeImportSurvivesARestart(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		cfg := houseConfig(t, e)
		h := reopenHouse(t, cfg)
		const many = 400
		posts := make([]string, many)
		for i := range posts {
			posts[i] = ghostPost(fmt.Sprintf("p%d", i), fmt.Sprintf("note-%d", i), strings.Repeat("<p>Words and words.</p>", 20), "")
		}
		file := ghostExport(posts...)
		tr := must(h.porter.StartImport(h.staff, porter.StartImport{Source: "ghost", File: &porter.Upload{Filename: "x.json", Body: strings.NewReader(file), Size: int64(len(file))}}))
		at := func(h *house) porter.Counts { return must(h.porter.Transfer(h.staff, porter.Import, tr.ID)).Counts }
		eventually(t, "some entries are through", func() bool { return at(h).Done > 20 })
		h.node.stop()
		h.close()

		h = reopenHouse(t, cfg)
		if c := at(h); c.Done >= many {
			t.Log("it was through before the restart", c)
		}
		eventually(t, "the import ends", func() bool { return must(h.porter.Transfer(h.staff, porter.Import, tr.ID)).State == porter.Done })
		total := 0
		for after := ""; ; {
			notes, next, err := h.desk.List(h.staff, content.Filter{After: after, Limit: 200})
			if err != nil {
				t.Fatal(err)
			}
			total += len(notes)
			if after = next; next == "" {
				break
			}
		}
		if c := at(h); c.Made != many || c.Done != many || total != many {
			t.Errorf("%+v, %d notes", c, total)
		}
	})
}
