package markdown

// Stats count what a reader gets.
type Stats struct {
	Words     int
	Figures   int // charts, and images with a caption
	Charts    int
	Tables    int // the data tables of charts not counted
	Footnotes int
	Minutes   int // to read, at least 1 if there is anything
}

// How fast people read: 225 words a minute, and 12 seconds for each figure and
// table.
const (
	wordsPerMinute   = 225
	secondsPerFigure = 12
)

func (s Stats) plus(o Stats) Stats {
	s.Words += o.Words
	s.Figures += o.Figures
	s.Charts += o.Charts
	s.Tables += o.Tables
	s.Footnotes += o.Footnotes
	return s
}

// timed fills in the minutes, rounded up.
func (s Stats) timed() Stats {
	seconds := s.Words*60/wordsPerMinute + secondsPerFigure*(s.Figures+s.Tables)
	s.Minutes = (seconds + 59) / 60
	if s.Words > 0 {
		s.Minutes = max(s.Minutes, 1)
	}
	return s
}

// stats adds up parts of a note. Either sheet may be nil.
func (p *printer) stats(above, below *sheet, notes []*note) Stats {
	var sum Stats
	for _, s := range []*sheet{above, below} {
		if s != nil {
			sum = sum.plus(s.counts())
		}
	}
	for _, n := range notes {
		sum = sum.plus(n.sheet.counts())
	}
	sum.Footnotes = len(notes)
	return sum.timed()
}
