package webhook

import (
	"math/rand/v2"
	"time"

	"github.com/google/uuid"
)

// Standing is how a delivery stands.
type Standing string

// The standings of a delivery.
const (
	Waiting   Standing = "waiting"
	Delivered Standing = "delivered"
	Failed    Standing = "failed"  // tried for three days
	Dropped   Standing = "dropped" // the endpoint was off or paused when its turn came
)

// Delivery is one event owed to one endpoint.
type Delivery struct {
	ID         uuid.UUID `gorm:"type:uuid;primaryKey"`
	EventID    uuid.UUID `gorm:"type:uuid"`
	EndpointID uuid.UUID `gorm:"type:uuid"`
	State      Standing
	Round      int64 // rises with each replay
	Attempts   int64 // of this round
	Status     int64 // of the last answer; 0 for none
	NextAt     *time.Time
	DoneAt     *time.Time
	CreatedAt  time.Time
}

// TableName implements gorm's Tabler.
func (Delivery) TableName() string { return "webhook_deliveries" }

// Attempt is one call.
type Attempt struct {
	ID         uuid.UUID `gorm:"type:uuid;primaryKey"`
	DeliveryID uuid.UUID `gorm:"type:uuid"`
	At         time.Time
	TookMS     int64
	URL        string
	Request    string // the headers, without the signature
	Status     int64  // 0 when there was no answer
	Answer     string // its beginning
	Error      string // why there was no answer, for people
}

// TableName implements gorm's Tabler.
func (Attempt) TableName() string { return "webhook_attempts" }

// gaps are the times between attempts: three days together. Standard Webhooks
// recommends such a row ("Retries").
var gaps = []time.Duration{
	5 * time.Second, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 5 * time.Hour, 10 * time.Hour, 14 * time.Hour, 18 * time.Hour, 23 * time.Hour,
}

// patience is how long nothing may get through before an endpoint is paused.
const patience = 72 * time.Hour

// maxWait is the longest that a receiver may ask us to wait.
const maxWait = 24 * time.Hour

// next says when a delivery is tried again after its attempts so far; false
// when it is not. asked is what the receiver asked for with Retry-After. A
// tenth of chance keeps many deliveries from coming back at one moment.
func next(now time.Time, attempts int64, asked time.Duration) (time.Time, bool) {
	if int(attempts) > len(gaps) || attempts < 1 {
		return time.Time{}, false
	}
	gap := gaps[attempts-1]
	gap += time.Duration(rand.Int64N(int64(gap)/10 + 1)) //nolint:gosec // no secret
	return now.Add(max(gap, min(asked, maxWait))), true
}

// failed notes a call that did not work and tells whether there is another.
func (d *Delivery) failed(now time.Time, status int, asked time.Duration) bool {
	d.Attempts++
	d.Status = int64(status)
	at, again := next(now, d.Attempts, asked)
	if !again {
		d.State, d.NextAt, d.DoneAt = Failed, nil, &now
		return false
	}
	d.NextAt = &at
	return true
}

func (d *Delivery) worked(now time.Time, status int) {
	d.Attempts++
	d.State, d.Status, d.NextAt, d.DoneAt = Delivered, int64(status), nil, &now
}

func (d *Delivery) drop(now time.Time) { d.State, d.NextAt, d.DoneAt = Dropped, nil, &now }

// again makes a delivery wait anew.
func (d *Delivery) again(now time.Time) {
	d.Round++
	d.State, d.Attempts, d.NextAt, d.DoneAt = Waiting, 0, &now, nil
}
