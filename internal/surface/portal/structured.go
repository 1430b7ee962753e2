package portal

import (
	"lighttrends/internal/domain/content"
)

// data is JSON-LD (https://schema.org). It stands in a data block, which a
// browser does not run, so the content security policy lets it be. Nothing
// goes into it but what a list would show.
type data map[string]any

const schema = "https://schema.org"

func organization(pg *page) data {
	d := data{"@type": "Organization", "name": pg.Site.Name, "url": pg.BaseURL + "/"}
	if pg.Logo != nil {
		d["logo"] = pg.BaseURL + pg.Logo.URL
	}
	return d
}

// siteData describes the publication.
func siteData(pg *page) data {
	d := data{
		"@context": schema, "@type": "WebSite", "name": pg.Site.Name, "url": pg.BaseURL + "/", "publisher": organization(pg),
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
		"@context": schema, "@type": articleType(v.Kind), "headline": string(headline), "description": pg.Description,
		"mainEntityOfPage": pg.URL(), "url": pg.URL(), "datePublished": machineTime(v.PublishedAt), "dateModified": machineTime(v.modified()),
		"publisher": organization(pg), "isAccessibleForFree": !v.Gated(),
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
