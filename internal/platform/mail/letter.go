package mail

import (
	"net/url"
	"strings"

	"lighttrends/internal/platform/fault"
)

// Letter is what a room wants to tell one person.
type Letter struct {
	To        Address
	Subject   string
	Preheader string // the line a mail program shows beside the subject
	Blocks    []Block
	// Category is a short word such as "sign-in". It is written into a header,
	// for the firm's own filters and statistics.
	Category string
	// MessageIDKey names this letter to this person for ever: letters, digits,
	// dots, hyphens and underscores, at most 120.
	MessageIDKey string
	// Unsubscribe is an https address that ends this kind of mail by a POST
	// without a sign-in (RFC 8058). Empty for letters a person asked for.
	Unsubscribe string
	// Language is the tag of the one it is written in; "" is English.
	Language string
}

// Address is a person's name, which may be empty, and address.
type Address struct{ Name, Email string }

// Kind is a kind of block.
type Kind string

// The kinds of block.
const (
	KindParagraph Kind = "paragraph"
	KindHeading   Kind = "heading"
	KindButton    Kind = "button"
	KindCode      Kind = "code"
	KindSmall     Kind = "small"
	KindList      Kind = "list"
	KindDivider   Kind = "divider"
)

// Block is one piece of a letter, made by the functions below. Text is plain
// text: whatever looks like HTML in it is shown as it is.
type Block struct {
	Kind  Kind
	Text  string
	URL   string
	Items []string
}

// Paragraph is a paragraph of running text.
func Paragraph(text string) Block { return Block{Kind: KindParagraph, Text: text} }

// Heading is a heading; the first of a letter is set large.
func Heading(text string) Block { return Block{Kind: KindHeading, Text: text} }

// Button is a link that says what it does. The address is http or https.
func Button(label, address string) Block { return Block{Kind: KindButton, Text: label, URL: address} }

// Code is a short code to type, set large.
func Code(code string) Block { return Block{Kind: KindCode, Text: code} }

// Small is small print.
func Small(text string) Block { return Block{Kind: KindSmall, Text: text} }

// List is a bullet list.
func List(items ...string) Block { return Block{Kind: KindList, Items: items} }

// Divider is a thin line.
func Divider() Block { return Block{Kind: KindDivider} }

const maxKey = 120

// Validate says what is wrong with the letter. A letter that is wrong stays
// wrong, so the fault is permanent.
func (l Letter) Validate() error {
	var why []string
	check := func(ok bool, reason string) {
		if !ok {
			why = append(why, reason)
		}
	}
	_, err := l.To.parse()
	check(err == nil, "the recipient is not an address")
	check(oneLine(l.Subject) != "", "the subject is empty")
	check(validKey(l.MessageIDKey), "the Message-ID key is not made of letters, digits and .-_")
	check(l.Category != "" && validKey(l.Category), "the category is not a word")
	check(l.Unsubscribe == "" || isWebAddress(l.Unsubscribe), "the unsubscribe address is not http or https")
	check(len(l.Blocks) > 0, "the letter is empty")
	for _, b := range l.Blocks {
		check(b.valid(), "a "+string(b.Kind)+" block is not complete")
	}
	if len(why) == 0 {
		return nil
	}
	return fault.New(fault.Invalid, codeInvalid, "The letter cannot be sent: "+strings.Join(why, "; ")+".")
}

func (b Block) valid() bool {
	switch b.Kind {
	case KindParagraph, KindHeading, KindCode, KindSmall:
		return b.Text != ""
	case KindButton:
		return b.Text != "" && isWebAddress(b.URL)
	case KindList:
		return len(b.Items) > 0
	case KindDivider:
		return true
	}
	return false
}

func validKey(s string) bool {
	ok := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune(".-_", r)
	}
	return s != "" && len(s) <= maxKey && strings.IndexFunc(s, func(r rune) bool { return !ok(r) }) < 0
}

// isWebAddress holds for http and https addresses without anything that could
// leave the header or attribute they are written into.
func isWebAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && !strings.ContainsAny(s, " <>\"\\^`{|}")
}
