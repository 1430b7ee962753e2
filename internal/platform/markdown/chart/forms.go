package chart

import (
	"strings"
	"unicode"
)

// columns reads the form with x and series.
func (s *Spec) columns(x, series value) error {
	if x.kind != list || len(x.items) == 0 {
		return wrong(x.line, "x must be a list of labels, such as [2020, 2021]")
	}
	if len(x.items) > MaxPoints {
		return wrong(x.line, "x has %d labels; at most %d can be drawn", len(x.items), MaxPoints)
	}
	for _, item := range x.items {
		text, err := item.label("a label of x", maxLabel)
		if err != nil {
			return err
		}
		s.X = append(s.X, text)
	}
	if series.kind != list || len(series.items) == 0 {
		return wrong(series.line, "series must be a list, such as [{name: Datacom, data: [1, 2]}]")
	}
	if len(series.items) > MaxSeries {
		return wrong(series.line, "there are %d series; at most %d can be told apart", len(series.items), MaxSeries)
	}
	for _, item := range series.items {
		one, err := s.column(item)
		if err != nil {
			return err
		}
		s.Series = append(s.Series, one)
	}
	return nil
}

// column reads one series.
func (s *Spec) column(v value) (Series, error) {
	var one Series
	if v.kind != mapping {
		return one, wrong(v.line, "a series needs a name and data, not %s", v.noun())
	}
	var data *value
	for _, f := range v.fields {
		switch f.name {
		case "name":
			text, err := f.value.label("the name of a series", maxName)
			if err != nil {
				return one, err
			}
			one.Name = text
		case "data":
			data = &f.value
		default:
			return one, wrong(f.line, "%q is not a setting of a series; known are name and data", clip(f.name))
		}
	}
	if one.Name == "" {
		return one, wrong(v.line, "a series has no name")
	}
	if data == nil || data.kind != list {
		return one, wrong(v.line, "the series %q has no list of data", clip(one.Name))
	}
	if len(data.items) != len(s.X) {
		return one, wrong(data.line, "the series %q has %d values for %d labels; write null for a gap", clip(one.Name), len(data.items), len(s.X))
	}
	for _, item := range data.items {
		p, err := item.point()
		if err != nil {
			return one, err
		}
		one.Data = append(one.Data, p)
	}
	return one, nil
}

// rows reads the form with data. The first row fixes the keys and their order.
func (s *Spec) rows(data value) error {
	if data.kind != list || len(data.items) == 0 {
		return wrong(data.line, "data must be a list of rows, such as {year: 2020, datacom: 4920}")
	}
	if len(data.items) > MaxPoints {
		return wrong(data.line, "data has %d rows; at most %d can be drawn", len(data.items), MaxPoints)
	}
	if err := s.rowHead(data.items[0]); err != nil {
		return err
	}
	index := make(map[string]int, len(s.Series))
	for i, f := range data.items[0].fields {
		index[f.name] = i
	}
	for _, row := range data.items {
		if err := s.row(row, index); err != nil {
			return err
		}
	}
	return nil
}

func (s *Spec) rowHead(first value) error {
	if first.kind != mapping || len(first.fields) < 2 {
		return wrong(first.line, "a row needs a label and at least one value, such as {year: 2020, datacom: 4920}")
	}
	if len(first.fields)-1 > MaxSeries {
		return wrong(first.line, "there are %d series; at most %d can be told apart", len(first.fields)-1, MaxSeries)
	}
	for i, f := range first.fields {
		name, err := value{kind: word, line: f.line, text: f.name}.label("a key", maxName)
		if err != nil {
			return err
		}
		if i == 0 {
			s.Axis = spoken(name)
			continue
		}
		s.Series = append(s.Series, Series{Name: spoken(name)})
	}
	return nil
}

func (s *Spec) row(row value, index map[string]int) error {
	if row.kind != mapping {
		return wrong(row.line, "a row must be a mapping, not %s", row.noun())
	}
	if len(row.fields) < len(index) {
		return wrong(row.line, "this row has fewer keys than the first one; write null for a gap")
	}
	points := make([]Point, len(index))
	for _, f := range row.fields {
		i, known := index[f.name]
		if !known {
			return wrong(f.line, "%q is not a key of the first row", clip(f.name))
		}
		var err error
		if i == 0 {
			var text string
			text, err = f.value.label("a label", maxLabel)
			s.X = append(s.X, text)
		} else {
			points[i], err = f.value.point()
		}
		if err != nil {
			return err
		}
	}
	for i := range s.Series {
		s.Series[i].Data = append(s.Series[i].Data, points[i+1])
	}
	return nil
}

// spoken makes a key readable: datacom becomes Datacom, unit_price becomes
// Unit price. A key with any capital letter was spelled on purpose and stays.
func spoken(key string) string {
	if strings.ContainsFunc(key, unicode.IsUpper) {
		return key
	}
	words := []rune(strings.TrimSpace(strings.ReplaceAll(key, "_", " ")))
	if len(words) == 0 {
		return key
	}
	words[0] = unicode.ToUpper(words[0])
	return string(words)
}
