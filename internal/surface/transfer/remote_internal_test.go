package transfer

import (
	"net/url"
	"testing"
)

func TestOnlyPicturesOfTheSiteAreFetched(t *testing.T) {
	t.Parallel()
	at := func(root string) *site {
		u, err := url.Parse(root)
		if err != nil {
			t.Fatal(err)
		}
		return &site{root: u}
	}
	for src, want := range map[string]string{
		"__GHOST_URL__/content/a.png":                 "https://old.example/blog/content/a.png",
		"/wp-content/a.png":                           "https://old.example/wp-content/a.png",
		"https://old.example/a.png?w=300#top":         "https://old.example/a.png?w=300",
		"http://OLD.example/a.png":                    "https://OLD.example/a.png",
		"//old.example/a b.png":                       "https://old.example/a%20b.png",
		"https://old.example:443/a.png":               "",
		"https://old.example:8443/a.png":              "",
		"https://old.example.evil.example/a.png":      "",
		"https://evil.example/old.example/a.png":      "",
		"https://old.example@evil.example/a.png":      "",
		"https://ann:secret@old.example/a.png":        "",
		"__GHOST_URL__.evil.example/a.png":            "https://old.example/blog.evil.example/a.png",
		"__GHOST_URL__@evil.example/a.png":            "https://old.example/blog@evil.example/a.png",
		"https://__GHOST_URL__/a.png":                 "",
		"a.png":                                       "",
		"":                                            "",
		"file:///etc/passwd":                          "",
		"ftp://old.example/a.png":                     "",
		"data:image/png;base64,AAAA":                  "",
		"javascript:alert(1)":                         "",
		"https://old.example/%zz.png":                 "",
		"\\\\evil.example\\a.png":                     "",
		"/\\evil.example/a.png":                       "https://old.example/%5Cevil.example/a.png",
		"https://127.0.0.1/a.png":                     "",
		"https://xn--old-example.example/a.png":       "",
		"https://old.example./a.png":                  "",
		"https://old.example\n.evil.example/a.png":    "",
		"https://old.example/../../../etc/passwd":     "https://old.example/etc/passwd",
		"https://old.example/a.png" + string(rune(0)): "",
	} {
		if got := at("https://old.example/blog").address(src); got != want {
			t.Errorf("%q is at %q, not %q", src, got, want)
		}
	}
	// Without a path, what follows the name must not become a part of it.
	for _, src := range []string{"__GHOST_URL__.evil.example/a.png", "__GHOST_URL__@evil.example/a.png", "__GHOST_URL__:1@evil.example/a.png", "__GHOST_URL__:8443/a.png"} {
		if got := at("https://old.example").address(src); got != "" {
			t.Errorf("%q is at %q", src, got)
		}
	}
}

func TestWhatATextSaysOfAPicture(t *testing.T) {
	t.Parallel()
	const token = "/media/import-0002.picture"
	p := &plan{CoverAlt: "Above", Body: "![no](/media/import-0001.picture)\n\n![a \\[b\\] & c](" + token + " \"Figure \\\"1\\\"\")\n"}
	if alt, caption := p.saysOf(planned{Token: token}); alt != "a [b] & c" || caption != `Figure "1"` {
		t.Errorf("%q %q", alt, caption)
	}
	if alt, caption := p.saysOf(planned{Token: "/media/import-0001.picture"}); alt != "no" || caption != "" {
		t.Errorf("%q %q", alt, caption)
	}
	if alt, _ := p.saysOf(planned{Token: cover}); alt != "Above" {
		t.Error(alt)
	}
}
