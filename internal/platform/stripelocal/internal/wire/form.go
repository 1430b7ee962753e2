package wire

import (
	"net/url"
	"slices"
	"sort"
	"strconv"
	"strings"
)

// Limits of one request. Real requests stay far below them.
const (
	maxPairs = 1000
	maxDepth = 8
	maxKey   = 500
)

// node is one value of a form: a text, or named parts of which it is made.
// Lists are parts named 0, 1, 2 … until a shape says what they are.
type node struct {
	text  string
	leaf  bool
	names []string
	parts map[string]*node
	next  int // name of the next part sent as []
}

// pair is one name=value of a form, in the order it was sent.
type pair struct{ key, value string }

// Parse reads a query or a form body into nested values: a[b][0]=c.
func Parse(raw string) (*Form, error) {
	pairs, err := split(raw)
	if err != nil {
		return nil, err
	}
	root := &node{}
	for _, p := range pairs {
		path, ok := pathOf(p.key)
		if !ok {
			return nil, Refuse("parameter_unknown", p.key, "Received unknown parameter: %s", p.key)
		}
		if !root.put(path, p.value) {
			return nil, Refuse("", p.key, "The parameter %s is sent both as a value and as a group.", p.key)
		}
	}
	return &Form{root: root, pairs: pairs}, nil
}

// Form is a parsed body or query, not checked yet.
type Form struct {
	root  *node
	pairs []pair
}

// Fingerprint is the same text for the same parameters, in whatever order
// they were sent.
func (f *Form) Fingerprint() string {
	lines := make([]string, len(f.pairs))
	for i, p := range f.pairs {
		lines[i] = url.QueryEscape(p.key) + "=" + url.QueryEscape(p.value)
	}
	sort.Strings(lines)
	return strings.Join(lines, "&")
}

func split(raw string) ([]pair, error) {
	var pairs []pair
	for part := range strings.SplitSeq(raw, "&") {
		if part == "" {
			continue
		}
		key, value, _ := strings.Cut(part, "=")
		k, err1 := url.QueryUnescape(key)
		v, err2 := url.QueryUnescape(value)
		if err1 != nil || err2 != nil || len(k) > maxKey || len(pairs) == maxPairs {
			return nil, Refuse("", "", "The request is not a form, or it is too large.")
		}
		pairs = append(pairs, pair{k, strings.ToValidUTF8(v, "\uFFFD")})
	}
	return pairs, nil
}

// pathOf takes a name apart: items[0][price] is items, 0, price.
func pathOf(key string) ([]string, bool) {
	head, rest, nested := strings.Cut(key, "[")
	path := []string{head}
	if !nested {
		return path, head != ""
	}
	if !strings.HasSuffix(rest, "]") || head == "" {
		return nil, false
	}
	path = append(path, strings.Split(strings.TrimSuffix(rest, "]"), "][")...)
	return path, len(path) <= maxDepth
}

func (n *node) put(path []string, value string) bool {
	if len(path) == 0 {
		if n.parts != nil {
			return false
		}
		n.text, n.leaf = value, true
		return true
	}
	if n.leaf {
		return false
	}
	return n.part(path).put(path[1:], value)
}

// part finds or makes the part a path leads into. An empty name means one
// more element of a list; the element goes on as long as none of its names
// comes twice: items[][price]=a&items[][quantity]=1&items[][price]=b. A name
// that is a list itself may: items[][tags][]=a&items[][tags][]=b.
func (n *node) part(path []string) *node {
	name := path[0]
	if name == "" {
		last := n.parts[strconv.Itoa(n.next-1)]
		if last == nil || last.leaf || len(path) == 1 || last.parts[path[1]] != nil && !slices.Contains(path[1:], "") {
			n.next++
		}
		name = strconv.Itoa(n.next - 1)
	}
	if found := n.parts[name]; found != nil {
		return found
	}
	if n.parts == nil {
		n.parts = map[string]*node{}
	}
	made := &node{}
	n.parts[name] = made
	n.names = append(n.names, name)
	return made
}

// inOrder gives the parts of a list by their numbers; ok is false when a name
// is no number.
func (n *node) inOrder() (list []*node, numbers []string, ok bool) {
	type numbered struct {
		at   int
		name string
	}
	var all []numbered
	for _, name := range n.names {
		at, err := strconv.Atoi(name)
		if err != nil || at < 0 {
			return nil, nil, false
		}
		all = append(all, numbered{at, name})
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].at < all[j].at })
	for _, one := range all {
		list = append(list, n.parts[one.name])
		numbers = append(numbers, one.name)
	}
	return list, numbers, true
}
