package portal

import (
	"lighttrends/internal/domain/content"
)

// data is JSON-LD (https://schema.org). It stands in a data block, which a
// browser does not run, so the content security policy lets it be. Nothing
// goes into it but what a list would show.
type data map[string]any

const schema = "https://schema.org"

// tell puts parts into the page's description, in one document.
func (p *page) tell(parts ...data) {
	graph, _ := p.LD["@graph"].([]data)
	p.LD = data{"@context": schema, "@graph": append(graph, parts...)}
}

// organization names the publication; several parts of a page do, and machines
// see by the @id that it is one.
func organization(pg *page) data {
	d := data{"@type": "Organization", "@id": pg.BaseURL + "/#organization", "name": pg.Site.Name, "url": pg.BaseURL + "/"}
	if pg.Logo != nil {
		d["logo"] = pg.BaseURL + pg.Logo.URL
	}
	return d
}

// firmData says more of it, once: on the front page.
func firmData(pg *page) data {
	d := organization(pg)
	for key, text := range map[string]string{"description": first(pg.Site.About, pg.Site.Tagline), "email": pg.Site.Contact.Email, "telephone": pg.Site.Contact.Phone} {
		if text != "" {
			d[key] = text
		}
	}
	return d
}

// crumb is a place on the way to a page.
type crumb struct{ Name, Path string }

// crumbData is the way from the front page to this one, which is the last
// place of it.
func crumbData(pg *page, way ...crumb) data {
	all := append([]crumb{{pg.Site.Name, "/"}}, way...)
	list := make([]data, len(all))
	for i, x := range all {
		list[i] = data{"@type": "ListItem", "position": i + 1, "name": x.Name, "item": pg.BaseURL + x.Path}
	}
	return data{"@type": "BreadcrumbList", "itemListElement": list}
}

// listData describes a page that is a list of others.
func listData(pg *page, items ...crumb) data {
	list := make([]data, len(items))
	for i, x := range items {
		list[i] = data{"@type": "ListItem", "position": i + 1, "name": x.Name, "url": pg.BaseURL + x.Path}
	}
	return data{
		"@type": "CollectionPage", "name": pg.Title, "url": pg.URL(), "isPartOf": data{"@type": "WebSite", "@id": pg.BaseURL + "/#website"},
		"mainEntity": data{"@type": "ItemList", "numberOfItems": len(list), "itemListElement": list},
	}
}

func crumbsOf(entries []entry) []crumb {
	out := make([]crumb, len(entries))
	for i, e := range entries {
		out[i] = crumb{e.Title, e.Href()}
	}
	return out
}

func crumbsOfMonths(months []monthGroup) (out []crumb) {
	for _, m := range months {
		out = append(out, crumbsOf(m.Entries)...)
	}
	return out
}

// siteData describes the publication.
func siteData(pg *page) data {
	d := data{
		"@type": "WebSite", "@id": pg.BaseURL + "/#website", "name": pg.Site.Name, "url": pg.BaseURL + "/", "publisher": organization(pg), "inLanguage": pg.Language.Tag,
		"potentialAction": data{
			"@type": "SearchAction", "target": data{"@type": "EntryPoint", "urlTemplate": pg.BaseURL + "/search?q={q}"}, "query-input": "required name=q",
		},
	}
	if pg.Site.Tagline != "" {
		d["description"] = pg.Site.Tagline
	}
	return d
}

// headlineLimit is the longest headline search engines take, in characters.
const headlineLimit = 110

// noteData describes a note as Google asks for paywalled content:
// https://developers.google.com/search/docs/appearance/structured-data/paywalled-content.
func noteData(pg *page, v noteView) data {
	headline := []rune(v.Title)
	if len(headline) > headlineLimit {
		headline = append(headline[:headlineLimit-1], '…')
	}
	d := data{
		"@type": articleType(v.Kind), "headline": string(headline), "description": pg.Description,
		"mainEntityOfPage": first(pg.Canonical, pg.URL()), "url": first(pg.Canonical, pg.URL()), "datePublished": machineTime(v.PublishedAt), "dateModified": machineTime(v.modified()),
		"publisher": organization(pg), "isAccessibleForFree": !v.Gated(), "inLanguage": languageOf(pg.Site),
	}
	if v.Gated() {
		d["hasPart"] = data{"@type": "WebPageElement", "isAccessibleForFree": false, "cssSelector": ".gated"}
	}
	if pg.Image != "" {
		d["image"] = []string{pg.Image}
	}
	var authors []data
	for _, a := range v.Authors {
		authors = append(authors, data{"@type": "Person", "name": a.Name, "url": pg.BaseURL + "/authors/" + a.Slug})
	}
	if authors != nil {
		d["author"] = authors
	} else {
		d["author"] = organization(pg)
	}
	var topics []string
	for _, t := range v.Topics {
		topics = append(topics, t.Name)
	}
	if topics != nil {
		d["articleSection"] = topics
	}
	var corrections []data
	for _, x := range v.Corrections {
		corrections = append(corrections, data{"@type": "CorrectionComment", "text": x.Notice, "datePublished": machineTime(x.At)})
	}
	if corrections != nil {
		d["correction"] = corrections
	}
	if v.Issue != nil {
		d["isPartOf"] = issueData(pg, v.Issue)
	}
	return d
}

// noteWay is where a note stands: in its issue, in its series or in the
// archive.
func noteWay(v noteView) []crumb {
	here := crumb{v.Title, v.Href()}
	switch {
	case v.Issue != nil:
		return []crumb{{v.Series.Name, "/series/" + v.Series.Slug}, {v.Issue.Label, v.Issue.Href()}, here}
	case v.Series != nil:
		return []crumb{{v.Series.Name, "/series/" + v.Series.Slug}, here}
	default:
		return []crumb{{inEnglish(v.in).Text("archive.title"), "/archive"}, here}
	}
}

func articleType(k content.Kind) string {
	if k == content.Newsletter {
		return "NewsArticle"
	}
	return "Article"
}

func issueData(pg *page, i *issueView) data {
	d := data{
		"@type": "PublicationIssue", "name": i.Heading(), "url": pg.BaseURL + i.Href(),
		"isPartOf": data{"@type": "Periodical", "name": i.Series.Name},
	}
	if i.Number > 0 {
		d["issueNumber"] = i.Number
	}
	return d
}
