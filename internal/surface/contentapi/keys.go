package contentapi

import (
	"strings"

	"lighttrends/internal/domain/content"
)

// Names under which shared caches know answers. An answer carries those of all
// that it is made of; a change is told with those of all that it may show in.
const (
	keyNotes    = "notes" // every list, and every search
	keyIssues   = "issues"
	keySeries   = "series"
	keyTopics   = "topics"
	keyAuthors  = "authors"
	keySettings = "settings"
	keyPlans    = "plans"
	keyChanges  = "changes"
)

// KeysOf lists the names of the answers that a change may have made old.
func KeysOf(kind, subject string) []string {
	own := kind + "-" + strings.ReplaceAll(subject, "/", ".")
	switch kind {
	case content.ChangedNote:
		return []string{own, keyNotes, keyChanges}
	case content.ChangedIssue:
		return []string{own, keyIssues, keyNotes, keyChanges}
	case content.ChangedSeries:
		return []string{own, keySeries, keyIssues, keyNotes, keyChanges}
	case content.ChangedTopic:
		return []string{own, keyTopics, keyNotes, keyChanges}
	case content.ChangedAuthor:
		return []string{own, keyAuthors, keyNotes, keyChanges}
	default:
		return []string{kind, keyChanges}
	}
}

// keys are the names of what a note is made of.
func (n *Note) keys() string {
	keys := []string{content.ChangedNote + "-" + n.ID}
	if n.Series != nil {
		keys = append(keys, content.ChangedSeries+"-"+n.Series.Slug)
		if n.Issue != nil {
			keys = append(keys, content.ChangedIssue+"-"+n.Series.Slug+"."+n.Issue.Slug)
		}
	}
	for _, a := range n.Authors {
		keys = append(keys, content.ChangedAuthor+"-"+a.Slug)
	}
	for _, t := range n.Topics {
		keys = append(keys, content.ChangedTopic+"-"+t.Slug)
	}
	return strings.Join(keys, " ")
}
