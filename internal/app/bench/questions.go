package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
)

// deepAt is how deep the deep page of the list is, in pages. It is one page, as the
// first is: nothing but its place tells them apart.
const deepAt = 1500

// sample is how many notes of a database are asked for in the rounds.
const sample = 200

// questioner learns what the answers are, and makes the runners.
type questioner struct {
	b      *bench
	bodies map[string][]byte     // for the baseline, by name
	plain  map[string][]question // to the baseline, by kind
	asked  map[*store]map[string][]question
	bare   map[string]*runner // the baseline's, by kind
}

// prepare asks for everything once.
func (q *questioner) prepare(ctx context.Context, s *store) error {
	q.asked[s] = map[string][]question{}
	key, err := s.house.contentKey(ctx)
	if err != nil {
		return err
	}
	token, err := s.house.signIn(ctx, subscribers[0])
	if err != nil {
		return err
	}
	var notes, pages, found []string
	for i := range sample {
		notes = append(notes, "/api/content/v1/notes/"+slugOf("public", i*s.notes/sample))
		pages = append(pages, "/notes/"+slugOf("paid", i*s.notes/sample))
	}
	for _, w := range searchWords() {
		found = append(found, "/api/content/v1/search?q="+url.QueryEscape(w))
	}
	deep, err := s.house.deep(ctx, key)
	if err != nil {
		return err
	}
	for _, x := range []struct {
		kind   string
		paths  []string
		header []string
	}{
		{ofNote, notes, []string{"X-Api-Key", key}},
		{ofFirst, []string{listPath}, []string{"X-Api-Key", key}},
		{ofDeep, deep, []string{"X-Api-Key", key}},
		{ofPage, pages, nil},
		{ofOwn, pages, []string{"Cookie", "lt_member=" + token}},
		{ofSearch, found, []string{"X-Api-Key", key}},
	} {
		if len(x.paths) == 0 {
			continue
		}
		asked, bodies, err := probes(ctx, s.house.addr, x.paths, x.header...)
		if err != nil {
			return err
		}
		q.asked[s][x.kind] = asked
		q.plain[x.kind] = nil // those of the last store, which has them all
		for i, path := range x.paths {
			name := fmt.Sprintf("%s-%d", strings.ReplaceAll(x.kind, " ", "_"), i)
			q.bodies[name] = bodies[path]
			q.plain[x.kind] = append(q.plain[x.kind], ask("/"+name, len(bodies[path])))
		}
	}
	return nil
}

const listPath = "/api/content/v1/notes?limit=20"

// deep walks the list and gives the address of the page far behind; none when
// there are not so many notes.
func (h *house) deep(ctx context.Context, key string) (paths []string, err error) {
	path := listPath
	for range deepAt - 1 {
		raw, err := call(ctx, "GET", "http://"+h.addr+path, map[string]string{"X-Api-Key": key}, nil)
		if err != nil {
			return nil, err
		}
		var list struct{ Next string }
		if err := json.Unmarshal(raw, &list); err != nil {
			return nil, err
		}
		if list.Next == "" {
			return nil, nil
		}
		path = listPath + "&cursor=" + url.QueryEscape(list.Next)
	}
	return []string{path}, nil
}
