package substack_test

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"

	"lighttrends/internal/surface/transfer/source"
	"lighttrends/internal/surface/transfer/substack"
)

func packed(t *testing.T, files map[string]string) *bytes.Reader {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range files {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return bytes.NewReader(b.Bytes())
}

const posts = "post_id,post_date,is_published,email_sent_at,inbox_sent_at,type,audience,title,subtitle,podcast_url\n" +
	"11.one,2024-05-06T07:08:09.000Z,true,,,newsletter,everyone,\"One, again\",Sub,\n" +
	"12.two,2024-05-07T07:08:09.000Z,true,,,newsletter,only_paid,Two,,\n" +
	"13.three,,false,,,newsletter,everyone,Three,,\n" +
	"14.four,2024-05-07T07:08:09.000Z,true,,,thread,everyone,Four,,\n" +
	",2024-05-07T07:08:09.000Z,true,,,newsletter,everyone,Five,,\n" +
	"16.six,someday,true,,,podcast,founding,Six,,https://x.example/a.mp3\n" +
	"17.seven,2024-05-07T07:08:09.000Z,true,,,newsletter,,Seven,,\n"

const list = "email,active_subscription,expiry,plan,email_disabled,digest_enabled,created_at,first_payment_at\n" +
	"a@b.example,false,,other,true,false,2023-01-01T00:00:00.000Z,\n" +
	"c@d.example,true,2027-01-01T00:00:00.000Z,comp,false,false,2023-01-01T00:00:00.000Z,\n"

func TestAnExportIsRead(t *testing.T) {
	t.Parallel()
	r := packed(t, map[string]string{
		"posts.csv": posts, "posts/11.one.html": "<p>Text</p>", "posts/12.two.html": "\xff", "posts/13.three.html": "<p>x</p>", "posts/16.six.html": "<p>y</p>",
		"posts/11.opens.csv": "post_id,timestamp\n", "email_list.pub.csv": list,
	})
	x, err := substack.Open(r, r.Size())
	if err != nil {
		t.Fatal(err)
	}
	var got []source.Entry
	for e := range x.Entries(t.Context()) {
		got = append(got, e)
	}
	if len(got) != 9 || x.Count() != 9 {
		t.Fatalf("%d of %d: %+v", len(got), x.Count(), got)
	}
	if n := got[0].Note; n.ID != "11" || n.Slug != "one" || n.Path != "/p/one" || n.Title != "One, again" || n.Abstract != "Sub" || n.HTML != "<p>Text</p>" || n.Gate != "public" || !n.Published || n.At.Hour() != 7 || got[0].Where != "posts.csv:2" {
		t.Errorf("%+v", n)
	}
	if got[1].Err == nil || got[1].Note.Gate != "paid" || got[2].Note.Published || got[3].Skip == "" || got[4].Err == nil {
		t.Errorf("%+v", got)
	}
	if n := got[5].Note; n.Published || n.Gate != "paid" || len(n.Warnings) != 3 {
		t.Errorf("%+v", n)
	}
	if n := got[6].Note; n.Gate != "paid" || len(n.Warnings) == 0 {
		t.Errorf("what has no audience is open: %+v", n)
	}
	if m := got[7].Member; !m.Unsubscribed || m.Complimentary {
		t.Errorf("%+v", m)
	}
	if m := got[8].Member; m.Unsubscribed || !m.Complimentary || m.ComplimentaryUntil.Year() != 2027 {
		t.Errorf("%+v", m)
	}
}

func TestWhatIsNoExportIsRefused(t *testing.T) {
	t.Parallel()
	r := packed(t, map[string]string{"a.txt": "x"})
	if _, err := substack.Open(r, r.Size()); err == nil || !strings.Contains(err.Error(), "posts.csv") {
		t.Error(err)
	}
	if _, err := substack.Open(strings.NewReader("PK"), 2); err == nil {
		t.Error("that was a zip")
	}
}
