package wordpress

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"lighttrends/internal/surface/transfer/source"
)

type item struct {
	Title    string    `xml:"title"`
	Link     string    `xml:"link"`
	PubDate  string    `xml:"pubDate"`
	Creator  string    `xml:"creator"`
	GUID     string    `xml:"guid"`
	Encoded  []encoded `xml:"encoded"`
	ID       string    `xml:"post_id"`
	Name     string    `xml:"post_name"`
	Status   string    `xml:"status"`
	Type     string    `xml:"post_type"`
	Date     string    `xml:"post_date"`
	DateGMT  string    `xml:"post_date_gmt"`
	Password string    `xml:"post_password"`
	File     string    `xml:"attachment_url"`
	Terms    []term    `xml:"category"`
	Meta     []meta    `xml:"postmeta"`
}

type encoded struct {
	XMLName xml.Name
	Text    string `xml:",chardata"`
}

type term struct {
	Domain string `xml:"domain,attr"`
	Slug   string `xml:"nicename,attr"`
	Name   string `xml:",chardata"`
}

type meta struct {
	Key   string `xml:"meta_key"`
	Value string `xml:"meta_value"`
}

type author struct {
	Login   string `xml:"author_login"`
	Display string `xml:"author_display_name"`
	First   string `xml:"author_first_name"`
	Last    string `xml:"author_last_name"`
}

// part gives the text in one of the two elements that are both called encoded.
func (i *item) part(space string) string {
	for _, e := range i.Encoded {
		if strings.Contains(e.XMLName.Space, space) {
			return e.Text
		}
	}
	return ""
}

func (i *item) meta(key string) string {
	for _, m := range i.Meta {
		if m.Key == key {
			return strings.TrimSpace(m.Value)
		}
	}
	return ""
}

// seen takes what the stream holds, in its order. Any may be nil.
type seen struct {
	author func(author)
	base   func(string)
	item   func(line int, i *item, err error) (more bool)
}

// walk reads the stream. Its error ends the file and says where.
func walk(r io.Reader, s seen) (broken int, err error) {
	clean := source.NewClean(r)
	g := source.NewGuard(clean)
	d := xml.NewDecoder(g)
	d.CharsetReader = func(name string, _ io.Reader) (io.Reader, error) {
		return nil, source.Wrong("the file is written in %s; save it as UTF-8", strings.ToUpper(name))
	}
	rss := false
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			if !rss {
				return clean.Broken, source.Wrong("this is not an export of WordPress: it is no RSS")
			}
			return clean.Broken, nil
		}
		if err != nil {
			return clean.Broken, said(err, d)
		}
		switch t := t.(type) {
		case xml.Directive:
			if strings.Contains(strings.ToUpper(string(t)), "ENTITY") {
				return clean.Broken, source.Wrong("the file defines entities of its own, which no export does; it was not read")
			}
		case xml.StartElement:
			g.Next()
			rss = rss || t.Name.Local == "rss"
			more, err := s.element(d, t, rss)
			if err != nil {
				return clean.Broken, said(err, d)
			}
			if !more {
				return clean.Broken, nil
			}
		}
	}
}

func (s *seen) element(d *xml.Decoder, t xml.StartElement, rss bool) (more bool, err error) {
	switch {
	case !rss:
		return true, nil
	case t.Name.Local == "item":
		line, _ := d.InputPos()
		var i item
		if s.item == nil {
			return true, d.Skip()
		}
		if err := d.DecodeElement(&i, &t); err != nil {
			return false, err
		}
		return s.item(line, &i, nil), nil
	case strings.Contains(t.Name.Space, "wordpress.org/export"):
		switch t.Name.Local {
		case "author", "wp_author":
			var a author
			if err := d.DecodeElement(&a, &t); err != nil {
				return false, err
			}
			if s.author != nil {
				s.author(a)
			}
		case "base_blog_url":
			var base string
			if err := d.DecodeElement(&base, &t); err != nil {
				return false, err
			}
			if s.base != nil {
				s.base(strings.TrimSpace(base))
			}
		}
	}
	return true, nil
}

func said(err error, d *xml.Decoder) error {
	var f *source.Fault
	if errors.As(err, &f) {
		return f
	}
	line, _ := d.InputPos()
	var s *xml.SyntaxError
	switch {
	case errors.As(err, &s) && strings.Contains(s.Msg, "unexpected EOF"):
		return source.Wrong("the file ends in the middle, at line %d", s.Line)
	case errors.As(err, &s) && strings.Contains(s.Msg, "entity"):
		return source.Wrong("line %d names an entity that XML does not have; nothing behind that was read", s.Line)
	case errors.As(err, &s):
		return source.Wrong("the XML is broken at line %d; nothing behind that was read", s.Line)
	}
	return source.Wrong("the XML cannot be read at line %d; nothing behind that was read", line)
}
