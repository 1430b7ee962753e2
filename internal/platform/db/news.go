package db

import (
	"context"
	"encoding/json"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"gorm.io/gorm"
)

// channel is the Postgres channel on which nodes tell each other what changed.
const channel = "lighttrends_news"

// news carries short messages about committed changes to whoever keeps copies
// in memory, in this process and in every other node.
type news struct {
	origin      string // names this process among those that share a database
	mu          sync.RWMutex
	subscribers map[string][]func(payload string)
	anything    []func(topic string)
	swept       atomic.Int64 // when old bulletins were dropped last, as UnixNano
	// What runs in the background until the database is closed.
	running  sync.WaitGroup
	closing  chan struct{}
	listens  bool
	stopOnce sync.Once
}

func newNews() *news {
	return &news{origin: NewID().String(), subscribers: map[string][]func(string){}, closing: make(chan struct{})}
}

type bulletin struct {
	Topic   string `json:"t"`
	Payload string `json:"p"`
}

// Subscribe calls f with the payload of each announcement on the topic, after
// its commit. An empty payload means "anything may have changed": it comes
// when the line to the other nodes was lost for a while. Subscribe before
// [DB.Listen]; f must be quick and must not use the database.
func (d *DB) Subscribe(topic string, f func(payload string)) {
	d.news.mu.Lock()
	defer d.news.mu.Unlock()
	d.news.subscribers[topic] = append(d.news.subscribers[topic], f)
}

// SubscribeAll calls f with the topic of every announcement, after those who
// subscribed to that topic. What holds for [DB.Subscribe] holds here.
func (d *DB) SubscribeAll(f func(topic string)) {
	d.news.mu.Lock()
	defer d.news.mu.Unlock()
	d.news.anything = append(d.news.anything, f)
}

// Announce tells all nodes, once the transaction has committed. This node's
// subscribers have been called when the outermost Tx returns. What is said
// twice in a transaction is told once.
func (d *DB) Announce(ctx context.Context, topic, payload string) error {
	t := d.current(ctx)
	if t == nil {
		return errOutsideTx
	}
	if b := (bulletin{topic, payload}); !slices.Contains(t.news, b) {
		t.news = append(t.news, b)
		d.AfterCommit(ctx, func() { d.news.tell(topic, payload) })
	}
	return nil
}

// send leaves what was announced for the other processes, at the end of the
// transaction, and writes what waited for it.
func (d *DB) send(tx *gorm.DB, news []bulletin, rest *later) error {
	if len(news) == 0 {
		return rest.write(tx, nothing)
	}
	if d.engine == SQLite {
		return d.post(tx, news)
	}
	messages := make([]string, len(news))
	for i, b := range news {
		raw, err := json.Marshal(b)
		if err != nil {
			return err
		}
		messages[i] = string(raw)
	}
	list, err := json.Marshal(messages)
	if err != nil {
		return err
	}
	return rest.write(tx, "SELECT pg_notify($1, message) FROM jsonb_array_elements_text(CAST($2 AS jsonb)) message", channel, string(list))
}

func (n *news) tell(topic, payload string) {
	n.mu.RLock()
	defer n.mu.RUnlock()
	for _, f := range n.subscribers[topic] {
		f(payload)
	}
	for _, f := range n.anything {
		f(topic)
	}
}

func (n *news) tellAll() {
	n.mu.RLock()
	topics := make([]string, 0, len(n.subscribers))
	for t := range n.subscribers {
		topics = append(topics, t)
	}
	n.mu.RUnlock()
	for _, t := range topics {
		n.tell(t, "")
	}
}

// Listen starts to hear what other processes announce. It returns at once;
// [DB.Close] ends it.
func (d *DB) Listen(ctx context.Context) {
	if d.news.listens {
		return
	}
	d.news.listens = true
	hear := d.hear
	if d.engine == SQLite {
		hear = d.poll
	}
	d.news.inBackground(ctx, func(ctx context.Context) {
		for ctx.Err() == nil {
			err := hear(ctx)
			if ctx.Err() != nil {
				return
			}
			d.log.Warn("lost the line to other processes, trying again", "error", err)
			d.news.tellAll()
			pause(ctx, time.Second)
		}
	})
}

// inBackground runs f until the database is closed; its context ends then.
func (n *news) inBackground(ctx context.Context, f func(ctx context.Context)) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	n.running.Go(func() {
		defer cancel()
		f(ctx)
	})
	n.running.Go(func() {
		select {
		case <-n.closing:
			cancel()
		case <-ctx.Done():
		}
	})
}

func pause(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

// hear holds one Postgres connection of its own until it breaks. The lock on
// it tells other processes that this one lives.
func (d *DB) hear(ctx context.Context) error {
	conn, err := pgx.ConnectConfig(ctx, d.pool.Config().ConnConfig)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	if _, err := conn.Exec(ctx, "LISTEN "+channel); err != nil {
		return err
	}
	if _, err := conn.Exec(ctx, "SELECT pg_advisory_lock_shared($1)", lockOf(d.news.origin)); err != nil {
		return err
	}
	d.news.tellAll() // whatever was said while nobody listened
	for {
		note, err := conn.WaitForNotification(ctx)
		if err != nil {
			return err
		}
		var b bulletin
		if json.Unmarshal([]byte(note.Payload), &b) == nil {
			d.news.tell(b.Topic, b.Payload)
		}
	}
}

func (n *news) stop() {
	n.stopOnce.Do(func() { close(n.closing) })
	n.running.Wait()
}
