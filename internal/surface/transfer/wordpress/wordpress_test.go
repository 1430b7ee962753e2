package wordpress_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lighttrends/internal/surface/transfer/source"
	"lighttrends/internal/surface/transfer/wordpress"
)

const head = `<?xml version="1.0" encoding="UTF-8" ?>
<!-- This is a WordPress eXtended RSS file -->
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Blog</title><link>https://old.example</link>
<wp:wxr_version>1.2</wp:wxr_version><wp:base_site_url>https://old.example</wp:base_site_url><wp:base_blog_url>https://old.example</wp:base_blog_url>
<wp:author><wp:author_id>1</wp:author_id><wp:author_login><![CDATA[ann]]></wp:author_login><wp:author_email>a@b.example</wp:author_email><wp:author_display_name><![CDATA[Ann Ek]]></wp:author_display_name></wp:author>
<wp:category><wp:term_id>2</wp:term_id><wp:category_nicename>films</wp:category_nicename><wp:cat_name><![CDATA[Films]]></wp:cat_name></wp:category>
`
const foot = "</channel></rss>\n"

func item(id int, kind, status, more string) string {
	return fmt.Sprintf(`<item><title><![CDATA[Note %d & more]]></title><link>https://old.example/2021/07/note-%d/</link><pubDate>Wed, 07 Jul 2021 09:00:00 +0000</pubDate><dc:creator><![CDATA[ann]]></dc:creator><guid isPermaLink="false">https://old.example/?p=%d</guid><wp:post_id>%d</wp:post_id><wp:post_date>2021-07-07 11:00:00</wp:post_date><wp:post_date_gmt>2021-07-07 09:00:00</wp:post_date_gmt><wp:post_name>note-%d</wp:post_name><wp:status>%s</wp:status><wp:post_type>%s</wp:post_type>%s</item>
`, id, id, id, id, id, status, kind, more)
}

func all(t *testing.T, text string) (out []source.Entry) {
	t.Helper()
	x, err := wordpress.Open(strings.NewReader(text), int64(len(text)))
	if err != nil {
		t.Fatal(err)
	}
	for e := range x.Entries(t.Context()) {
		out = append(out, e)
	}
	if len(out) != x.Count() {
		t.Errorf("%d entries, and %d were promised", len(out), x.Count())
	}
	return out
}

func TestAnExportIsRead(t *testing.T) {
	t.Parallel()
	got := all(t, head+
		item(1, "post", "publish", `<content:encoded><![CDATA[<!-- wp:paragraph --><p>Open</p><!-- /wp:paragraph --><!--more--><p>Rest</p>]]></content:encoded><excerpt:encoded><![CDATA[A <b>short</b> one.]]></excerpt:encoded>
<category domain="category" nicename="films"><![CDATA[Films]]></category><category domain="post_tag" nicename="films-2"><![CDATA[films]]></category><category domain="category" nicename="uncategorized">Uncategorized</category><category domain="nav_menu" nicename="x">X</category>
<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value><![CDATA[9]]></wp:meta_value></wp:postmeta><wp:postmeta><wp:meta_key>_yoast_wpseo_title</wp:meta_key><wp:meta_value>%%title%%</wp:meta_value></wp:postmeta><wp:postmeta><wp:meta_key>footnotes</wp:meta_key><wp:meta_value><![CDATA[[{"content":"F","id":"f1"}]]]></wp:meta_value></wp:postmeta>`)+
		item(9, "attachment", "inherit", `<wp:attachment_url>https://old.example/wp-content/uploads/a.png</wp:attachment_url>`)+
		item(2, "page", "publish", "")+
		item(3, "post", "draft", "<content:encoded><![CDATA[One\r\ntwo\r\n\r\n<ul><li>x</li></ul>\r\n\r\n[caption id=\"a\"]<img src=\"b.png\" /> Words[/caption]\r\n\r\n[gallery ids=\"1,2\"] and [not a code]]]></content:encoded>")+
		item(4, "post", "future", "")+item(5, "post", "private", "")+item(6, "post", "trash", "")+item(7, "nav_menu_item", "publish", "")+
		strings.Replace(item(8, "post", "publish", "<wp:post_password>x</wp:post_password>"), "2021-07-07 09:00:00", "0000-00-00 00:00:00", 1)+foot)
	if len(got) != 7 {
		t.Fatalf("%d: %+v", len(got), got)
	}
	want := source.Note{
		ID: "https://old.example|1", Title: "Note 1 & more", Slug: "note-1", Abstract: "A short one.",
		HTML:    `<!-- wp:paragraph --><p>Open</p><!-- /wp:paragraph --><!--more--><p>Rest</p><ol class="wp-block-footnotes"><li id="f1">F <a href="#f1-link">↩</a></li></ol>`,
		Authors: []source.Name{{Name: "Ann Ek"}}, Topics: []source.Name{{Slug: "films", Name: "Films"}},
		Published: true, At: time.Date(2021, 7, 7, 9, 0, 0, 0, time.UTC), Path: "/2021/07/note-1", Cover: "https://old.example/wp-content/uploads/a.png",
	}
	if diff := cmp.Diff(&want, got[0].Note); diff != "" {
		t.Error(diff)
	}
	if got[0].Where != "line 8" || got[1].Skip == "" || got[5].Skip == "" {
		t.Errorf("%+v", got)
	}
	if n := got[2].Note; n.HTML != "<p>One<br>\ntwo</p>\n<ul><li>x</li></ul>\n<figure><img src=\"b.png\" /><figcaption>Words</figcaption></figure>\n<p>[gallery ids=\"1,2\"] and [not a code]</p>\n" ||
		!cmp.Equal(n.Warnings, []string{"the shortcode [gallery] stands in the text as it is"}) {
		t.Errorf("%q %q", n.HTML, n.Warnings)
	}
	for _, i := range []int{3, 4, 6} {
		if got[i].Note.Published || len(got[i].Note.Warnings) != 1 {
			t.Errorf("%+v", got[i].Note)
		}
	}
}

func TestABrokenFileIsReadAsFarAsItGoes(t *testing.T) {
	t.Parallel()
	two := head + item(1, "post", "publish", "") + item(2, "post", "publish", "")
	for name, tt := range map[string]struct {
		text, says string
		entries    int
	}{
		"cut off":              {two[:len(two)-40], "in the middle", 2},
		"broken":               {two + "<item><title>a</b></item>", "broken at line 10", 3},
		"no XML":               {"hello", "no RSS", 1},
		"empty":                {"", "no RSS", 1},
		"other XML":            {"<html><body/></html>", "no RSS", 1},
		"other encoding":       {strings.Replace(two, "UTF-8", "ISO-8859-1", 1), "ISO-8859-1", 1},
		"an entity":            {two + "<item><title>&nbsp;</title></item>", "entity", 3},
		"outside entity":       {strings.Replace(two, "<rss", `<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss`, 1), "entities of its own", 1},
		"entities in entities": {strings.Replace(two, "<rss", `<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><rss`, 1), "entities of its own", 1},
		"too deep":             {two + "<item>" + strings.Repeat("<a>", 20000) + strings.Repeat("</a>", 20000) + "</item>" + foot, "no number", 3},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := all(t, tt.text)
			if len(got) != tt.entries || got[len(got)-1].Err == nil || !strings.Contains(got[len(got)-1].Err.Error(), tt.says) {
				t.Errorf("%d entries, %+v", len(got), got[len(got)-1])
			}
		})
	}
	got := all(t, head+item(1, "post", "publish", "<content:encoded><![CDATA[a\x08b\xffc]]></content:encoded>")+foot)
	if len(got) != 2 || got[0].Note.HTML != "<p>a b\uFFFDc</p>\n" || !strings.Contains(got[1].Skip, "1 bytes") {
		t.Errorf("%+v", got)
	}
}
