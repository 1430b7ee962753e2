package wordpress

import (
	"encoding/json"
	"html"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

var (
	blankLines = regexp.MustCompile(`\n\s*\n`)
	blockTag   = regexp.MustCompile(`(?i)^\s*(?:<!--|</?(?:p|div|h[1-6]|ul|ol|li|table|thead|tbody|tr|td|th|blockquote|pre|figure|hr|section|article|dl|dt|dd|form|iframe|script|style)\b)`)
	caption    = regexp.MustCompile(`(?is)\[caption[^\]]*\](.*?)\[/caption\]`)
	inCaption  = regexp.MustCompile(`(?is)^\s*((?:<a[^>]*>\s*)?<img[^>]*>(?:\s*</a>)?)(.*)$`)
	shortcode  = regexp.MustCompile(`\[(/?)([a-z][a-z0-9_-]{2,40})(?:\s[^\]\n]*)?/?\]`)
	pre        = regexp.MustCompile(`(?is)<(pre|script|style)\b.*?</(?:pre|script|style)>`)
	tags       = regexp.MustCompile(`<[^>]*>`)
	media      = regexp.MustCompile(`(?i)\[(?:embed)[^\]]*\]\s*(https?://[^\s\[]+)\s*\[/embed\]`)
)

// mostCodes is how many kinds of shortcodes of one text are spoken of.
const mostCodes = 30

// paragraphs gives old texts the elements that WordPress adds when it shows
// them, and says which shortcodes are in it.
func paragraphs(text string) (out string, codes []string) {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	text = media.ReplaceAllString(text, "\n\n$1\n\n")
	text = caption.ReplaceAllStringFunc(text, func(m string) string {
		inner := caption.FindStringSubmatch(m)[1]
		parts := inCaption.FindStringSubmatch(inner)
		if parts == nil {
			return inner
		}
		return "\n\n<figure>" + parts[1] + "<figcaption>" + strings.TrimSpace(parts[2]) + "</figcaption></figure>\n\n"
	})
	for _, m := range shortcode.FindAllStringSubmatch(pre.ReplaceAllString(text, ""), -1) {
		if len(codes) < mostCodes && !slices.Contains(codes, m[2]) && m[2] != "caption" && (m[1] == "/" || strings.Contains(m[0], "=") || known[m[2]]) {
			codes = append(codes, m[2])
		}
	}
	if strings.Contains(text, "<!-- wp:") {
		return text, codes
	}
	return automatic(text), codes
}

// known are WordPress's own shortcodes that need no attributes.
var known = map[string]bool{"gallery": true, "playlist": true, "audio": true, "video": true}

// automatic makes paragraphs of what stands between blank lines, and breaks of
// single line ends, outside of elements that are blocks already.
func automatic(text string) string {
	var kept []string
	text = pre.ReplaceAllStringFunc(text, func(m string) string {
		kept = append(kept, m)
		return "\n\n\x00" + strconv.Itoa(len(kept)-1) + "\n\n"
	})
	var b strings.Builder
	for _, part := range blankLines.Split(text, -1) {
		part = strings.TrimSpace(part)
		switch {
		case part == "":
		case part[0] == 0: // no text holds it: XML does not allow it
			if n, err := strconv.Atoi(part[1:]); err == nil && n < len(kept) {
				b.WriteString(kept[n] + "\n")
			}
		case blockTag.MatchString(part):
			b.WriteString(part + "\n")
		default:
			b.WriteString("<p>" + strings.ReplaceAll(part, "\n", "<br>\n") + "</p>\n")
		}
	}
	return b.String()
}

// footnotes are kept beside the text by the block editor, as JSON.
func footnotes(meta string) string {
	var notes []struct{ ID, Content string }
	if meta == "" || json.Unmarshal([]byte(meta), &notes) != nil {
		return ""
	}
	var b strings.Builder
	b.WriteString(`<ol class="wp-block-footnotes">`)
	for _, n := range notes {
		id := html.EscapeString(n.ID)
		b.WriteString(`<li id="` + id + `">` + n.Content + ` <a href="#` + id + `-link">↩</a></li>`)
	}
	b.WriteString("</ol>")
	return b.String()
}

func plain(excerpt string) string {
	return strings.Join(strings.Fields(html.UnescapeString(tags.ReplaceAllString(excerpt, " "))), " ")
}
