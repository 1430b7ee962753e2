package mcp

// tools lists what can be asked for.
func tools() []tool {
	return []tool{
		{
			name: "search_notes", title: "Search notes", run: (*service).search,
			about: `Find published notes by words in any form, "phrases" and -words to leave out, narrowed by topic:, author:, issue:, series: and kind: (see list_topics for the names). Searches the text of notes that may be read in full, and what is public of all others.`,
			input: `{"type":"object","additionalProperties":false,"required":["query"],"properties":{
"query":{"type":"string","minLength":1,"maxLength":200,"description":"film \"lead time\" topic:foundries"},
"sort":{"type":"string","enum":["best","recent"],"description":"best is usual"},
"limit":{"type":"integer","minimum":1,"maximum":20,"description":"10 is usual"},
"cursor":{"type":"string","maxLength":200,"description":"From the answer before, to go on"}}}`,
		},
		{
			name: "read_note", title: "Read a note", run: (*service).readNote,
			about: "The text of a note as Markdown: all of it where it may be read in full, else what stands above the paywall, with what would open the rest. Long notes come in parts.",
			input: `{"type":"object","additionalProperties":false,"required":["slug"],"properties":{
"slug":{"type":"string","minLength":1,"maxLength":200,"description":"From a search or list, or the last part of a note's address"},
"version":{"type":"integer","minimum":1,"maximum":1000000,"description":"An earlier version; the newest is usual"},
"part":{"type":"integer","minimum":1,"maximum":10000,"description":"Of a long note; 1 is usual"}}}`,
		},
		{
			name: "cite_note", title: "Cite a note", run: (*service).cite,
			about: "How to cite a version of a note, in APA style and as BibTeX.",
			input: `{"type":"object","additionalProperties":false,"required":["slug"],"properties":{
"slug":{"type":"string","minLength":1,"maxLength":200},
"version":{"type":"integer","minimum":1,"maximum":1000000,"description":"The newest is usual"}}}`,
		},
		{
			name: "list_issues", title: "List issues", run: (*service).listIssues,
			about: "The issues of the publication, newest first, each with its notes by slug, in its order.",
			input: `{"type":"object","additionalProperties":false,"properties":{
"series":{"type":"string","maxLength":96,"description":"Slug of a series"},
"limit":{"type":"integer","minimum":1,"maximum":24,"description":"6 is usual"}}}`,
		},
		{
			name: "list_changes", title: "List changes", run: (*service).listChanges,
			about: "Notes that appeared or were updated after a moment, the last first, with what was corrected.",
			input: `{"type":"object","additionalProperties":false,"required":["since"],"properties":{
"since":{"type":"string","maxLength":40,"description":"2026-07-01, or a moment as 2026-07-01T09:00:00Z"},
"limit":{"type":"integer","minimum":1,"maximum":50,"description":"20 is usual"}}}`,
		},
		{
			name: "list_topics", title: "List topics", run: (*service).listTopics,
			about: "The topics, authors and series by which a search can be narrowed.",
			input: `{"type":"object","additionalProperties":false,"properties":{}}`,
		},
	}
}
