package contentapi

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/content"
)

// Ref names something a note belongs to.
type Ref struct {
	Slug string `json:"slug" example:"film-foundries"`
	Name string `json:"name" example:"Film Foundries"`
}

// IssueRef names the issue of a note.
type IssueRef struct {
	Slug   string `json:"slug" example:"2021-07"`
	Label  string `json:"label" example:"July 2021"`
	Number int    `json:"number,omitempty" doc:"As the firm counts; absent when it does not"`
}

// AuthorRef names an analyst.
type AuthorRef struct {
	Slug string `json:"slug" example:"ada-lind"`
	Name string `json:"name" example:"Ada Lind"`
	Role string `json:"role,omitempty" example:"Film foundries"`
}

// Gate says who may read the gated text.
type Gate struct {
	Kind  access.GateKind `json:"kind" enum:"public,members,paid,plans"`
	Plans []string        `json:"plans,omitempty" doc:"With the kind plans: slugs of the plans that open it"`
}

// Behind says in round numbers what lies below the paywall.
type Behind struct {
	Words   int `json:"words" doc:"Rounded to hundreds"`
	Figures int `json:"figures"`
	Tables  int `json:"tables"`
}

// Cover is the picture of a note.
type Cover struct {
	URL string `json:"url"`
	Alt string `json:"alt"`
}

// Summary is a note as lists show it.
type Summary struct {
	ID          string      `json:"id" format:"uuid"`
	Slug        string      `json:"slug"`
	URL         string      `json:"url" doc:"Its page on the portal"`
	Kind        string      `json:"kind" enum:"newsletter,research-note,perspective,forecast,data"`
	Title       string      `json:"title"`
	Abstract    string      `json:"abstract"`
	Series      *Ref        `json:"series,omitempty"`
	Issue       *IssueRef   `json:"issue,omitempty"`
	Authors     []AuthorRef `json:"authors"`
	Topics      []Ref       `json:"topics"`
	Gate        Gate        `json:"gate"`
	Behind      *Behind     `json:"behind,omitempty" doc:"What the gated text holds; absent for public notes"`
	Minutes     int         `json:"minutes" doc:"To read the whole note"`
	Cover       *Cover      `json:"cover,omitempty"`
	PublishedAt time.Time   `json:"published_at"`
	UpdatedAt   *time.Time  `json:"updated_at,omitempty" doc:"The last update that readers are told of; absent when there was none"`
	ChangedAt   time.Time   `json:"changed_at" doc:"The last change readers could see, told or not"`
}

// Heading is an entry of a table of contents.
type Heading struct {
	Level int    `json:"level"`
	ID    string `json:"id" doc:"The id of the heading in the HTML"`
	Text  string `json:"text"`
}

// Part is text, in the form that was asked for.
type Part struct {
	HTML     *string   `json:"html,omitempty" doc:"Present unless another format was asked for. Words around the text, such as the titles of callouts, are in the publication's language"`
	Markdown *string   `json:"markdown,omitempty" doc:"With format=markdown. The whole text is as the editor wrote it, without comments; the teaser is written anew"`
	Plain    *string   `json:"text,omitempty" doc:"With format=text: without any marks"`
	Contents []Heading `json:"contents"`
}

// Access says what was decided for this reader.
type Access struct {
	Decision access.Level    `json:"decision" enum:"full,preview" doc:"full: the text is here; preview: only what stands above the paywall"`
	Reason   access.Reason   `json:"reason" example:"subscription_required" doc:"Why, in a word to rely on"`
	Unlock   []access.Unlock `json:"unlock" doc:"What would open the rest, best first: sign_in, register, subscribe, change_plan, fix_payment, resume, buy_note"`
	Plans    []string        `json:"plans,omitempty" doc:"Plans that would open it; absent means any"`
	Price    *Price          `json:"price,omitempty" doc:"What the right to read this one note costs; present exactly when unlock holds buy_note"`
	Metered  *Metered        `json:"metered,omitempty" doc:"How a free member stands who asked for a paid note; absent where nothing is counted"`
}

// Price is an amount of money.
type Price struct {
	Amount   int64  `json:"amount" doc:"In the smallest unit of the currency"`
	Currency string `json:"currency" example:"eur"`
}

// Metered is how many paid notes a free member may still read in full.
type Metered struct {
	Limit    int       `json:"limit" doc:"Notes a month"`
	Left     int       `json:"left" doc:"Of this month; a note that is read again does not count twice"`
	ResetsAt time.Time `json:"resets_at" doc:"When the next month begins"`
}

// Version is what readers saw from one moment on; it can be cited.
type Version struct {
	Version     int       `json:"version"`
	Change      string    `json:"change,omitempty" enum:"silent,minor,major" doc:"Absent for the first"`
	PublishedAt time.Time `json:"published_at"`
	URL         string    `json:"url" doc:"Its page on the portal"`
}

// Correction is what a major update corrected.
type Correction struct {
	Version int       `json:"version"`
	At      time.Time `json:"at"`
	Notice  string    `json:"notice" doc:"Plain text. Show it with the note"`
}

// Note is a note with as much text as the reader may see.
type Note struct {
	Summary
	Teaser Part   `json:"teaser" doc:"What stands above the paywall. Empty when a gated note has no paywall: then only the abstract is public"`
	Text   *Part  `json:"text,omitempty" doc:"The whole text; present exactly when the decision is full"`
	Access Access `json:"access"`

	Version     int          `json:"version" doc:"Which version this is"`
	Versions    []Version    `json:"versions" doc:"All that can be cited, newest first"`
	Corrections []Correction `json:"corrections" doc:"Newest first"`
	Attachments []Attachment `json:"attachments" doc:"Files beside the note, in order; they belong to the note and not to a version"`

	Included *Included `json:"included,omitempty" doc:"What include asked for"`
}

// Listed is a note in a list.
type Listed struct {
	Summary
	Access Access `json:"access" doc:"What was decided for this reader. Whether the note is sold on its own is told by the note itself only"`
}

// Page is a part of a list.
type Page struct {
	Notes    []Listed  `json:"notes"`
	Next     string    `json:"next,omitempty" doc:"Send it as cursor to get the following page; absent at the end"`
	Total    *int64    `json:"total,omitempty" doc:"Notes on all pages; with total=true"`
	Included *Included `json:"included,omitempty" doc:"What include asked for"`
}

func (s *service) summary(ctx context.Context, n *content.Summary) Summary {
	out := Summary{
		ID: n.ID.String(), Slug: n.Slug, URL: s.BaseURL + "/notes/" + n.Slug, Kind: string(n.Kind), Title: n.Title, Abstract: n.Abstract,
		Authors: []AuthorRef{}, Topics: []Ref{}, Gate: Gate{Kind: n.Gate, Plans: n.GatePlans}, Minutes: n.Minutes,
		PublishedAt: n.PublishedAt, UpdatedAt: n.RevisedAt, ChangedAt: n.ChangedAt,
	}
	if n.Series != nil {
		out.Series = &Ref{n.Series.Slug, n.Series.Name}
	}
	if n.Issue != nil {
		out.Issue = &IssueRef{n.Issue.Slug, n.Issue.Label, n.Issue.Number}
	}
	for _, a := range n.Authors {
		out.Authors = append(out.Authors, AuthorRef{a.Slug, a.Name, a.Role})
	}
	for _, t := range n.Topics {
		out.Topics = append(out.Topics, Ref{t.Slug, t.Name})
	}
	if n.Gate != access.Public {
		out.Behind = &Behind{n.Behind.Words, n.Behind.Figures, n.Behind.Tables}
	}
	out.Cover = s.cover(ctx, n.CoverID, n.CoverAlt)
	return out
}

func (s *service) cover(ctx context.Context, id *uuid.UUID, alt string) *Cover {
	if id == nil {
		return nil
	}
	if address := s.Picture(ctx, *id); address != "" {
		return &Cover{s.BaseURL + address, alt}
	}
	return nil
}

// history adds what readers saw before.
func (n *Note) history(t *content.Teaser) {
	n.Version, n.Versions, n.Corrections = t.Shown.Number, []Version{}, []Correction{}
	for _, v := range t.Versions {
		n.Versions = append(n.Versions, Version{v.Number, string(v.Change), v.At, fmt.Sprintf("%s/v/%d", n.URL, v.Number)})
	}
	for _, v := range t.Corrections() {
		n.Corrections = append(n.Corrections, Correction{v.Number, v.At, v.Notice})
	}
}

// part writes text in a format. html and source are asked for what it is in HTML
// and in Markdown.
func part(html func() string, plain string, source func() string, contents []content.Heading, format string) Part {
	p := Part{Contents: make([]Heading, len(contents))}
	for i, h := range contents {
		p.Contents[i] = Heading{h.Level, h.ID, h.Text}
	}
	switch format {
	case asMarkdown:
		text := source()
		p.Markdown = &text
	case asText:
		p.Plain = &plain
	default:
		text := html()
		p.HTML = &text
	}
	return p
}

// The forms of a text beside HTML.
const (
	asMarkdown = "markdown"
	asText     = "text"
)

func accessOf(d access.Decision, sold *Price) Access {
	a := Access{Decision: d.Level(), Reason: d.Reason(), Unlock: d.Unlock(), Plans: d.Plans()}
	if a.Unlock == nil {
		a.Unlock = []access.Unlock{}
	}
	if a.Price = sold; sold != nil {
		a.Unlock = slices.Concat(a.Unlock, []access.Unlock{access.BuyNote}) // the decision's own list is shared
	}
	if m := d.Allowance(); m != nil {
		a.Metered = &Metered{m.Limit, m.Left, m.Resets.UTC()}
	}
	return a
}
