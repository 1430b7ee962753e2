package portal

// articleMeta is what other sites are told of a note beyond what they are told
// of every page (https://ogp.me/#type_article).
type articleMeta struct {
	Published, Modified string
	Authors             []string // addresses of their pages
	Section             string
	Tags                []string
}

func articleOf(pg *page, v noteView) *articleMeta {
	m := &articleMeta{Published: machineTime(v.PublishedAt), Modified: machineTime(v.modified())}
	for _, a := range v.Authors {
		m.Authors = append(m.Authors, pg.BaseURL+"/authors/"+a.Slug)
	}
	for _, t := range v.Topics {
		m.Tags = append(m.Tags, t.Name)
	}
	if len(m.Tags) > 0 {
		m.Section = m.Tags[0]
	}
	return m
}
