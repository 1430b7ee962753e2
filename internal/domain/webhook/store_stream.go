package webhook

import "context"

func (o *Outlet) unplaced(ctx context.Context) (some bool, err error) {
	const query = "SELECT EXISTS (SELECT 1 FROM webhook_events WHERE place IS NULL)"
	return some, o.DB.Read(ctx).Raw(query).Scan(&some).Error
}

// place numbers what has no place from above the given number and above all
// places there are.
func (o *Outlet) place(ctx context.Context, above int64) error {
	last, err := o.lastPlace(ctx)
	if err != nil {
		return err
	}
	const number = `UPDATE webhook_events SET place = ? + n.k
		FROM (SELECT id, row_number() OVER (ORDER BY id) AS k FROM webhook_events WHERE place IS NULL) n WHERE webhook_events.id = n.id`
	return o.DB.Write(ctx).Exec(number, max(last, above)).Error
}

func (o *Outlet) lastPlace(ctx context.Context) (place int64, err error) {
	return place, o.DB.Read(ctx).Raw("SELECT COALESCE(MAX(place), 0) FROM webhook_events").Scan(&place).Error
}

func (o *Outlet) firstPlace(ctx context.Context) (place int64, err error) {
	return place, o.DB.Read(ctx).Raw("SELECT COALESCE(MIN(place), 0) FROM webhook_events").Scan(&place).Error
}

func (o *Outlet) eventsAfter(ctx context.Context, place int64, kinds []string) (out []Event, err error) {
	return out, o.DB.Read(ctx).Where("place > ? AND kind IN ?", place, kinds).Order("place").Limit(mostHeard).Find(&out).Error
}
