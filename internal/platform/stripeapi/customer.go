package stripeapi

import (
	"context"
	"iter"
	"time"

	"github.com/stripe/stripe-go/v76"
)

// Customer is who pays: a member or an organization.
type Customer struct {
	ID          string
	Email       string
	Name        string
	Balance     int64 // smallest unit; below zero is credit towards the next invoice
	Currency    string
	Delinquent  bool // the latest invoice is overdue
	Deleted     bool // all other fields but ID are empty then
	TestClockID string
	Metadata    map[string]string
	Created     time.Time
}

// CustomerInput describes a customer to create.
type CustomerInput struct {
	Email       string
	Name        string
	Metadata    map[string]string
	TestClockID string // only while testing, on Stripe's test mode or the stand-in
}

// CustomerChange holds what to change; nil leaves a field as it is.
type CustomerChange struct {
	Email    *string
	Name     *string
	Metadata map[string]string
}

// CreateCustomer makes a customer.
func (c *Client) CreateCustomer(ctx context.Context, key string, in CustomerInput) (Customer, error) {
	common, err := write(ctx, key)
	if err != nil {
		return Customer{}, err
	}
	cus, err := c.api.Customers.New(&stripe.CustomerParams{
		Params: common, Email: text(in.Email), Name: text(in.Name), Metadata: in.Metadata, TestClock: text(in.TestClockID),
	})
	return plainCustomer(cus), c.fault(err)
}

// UpdateCustomer changes a customer.
func (c *Client) UpdateCustomer(ctx context.Context, key, id string, change CustomerChange) (Customer, error) {
	common, err := write(ctx, key, id)
	if err != nil {
		return Customer{}, err
	}
	cus, err := c.api.Customers.Update(id, &stripe.CustomerParams{
		Params: common, Email: change.Email, Name: change.Name, Metadata: change.Metadata,
	})
	return plainCustomer(cus), c.fault(err)
}

// DeleteCustomer deletes a customer for good and cancels its subscriptions
// at once. A second call answers stripe_not_found.
func (c *Client) DeleteCustomer(ctx context.Context, key, id string) error {
	common, err := write(ctx, key, id)
	if err != nil {
		return err
	}
	_, err = c.api.Customers.Del(id, &stripe.CustomerParams{Params: common})
	return c.fault(err)
}

// Customer fetches one customer. A deleted one comes back with Deleted set.
func (c *Client) Customer(ctx context.Context, id string) (Customer, error) {
	common, err := read(ctx, id)
	if err != nil {
		return Customer{}, err
	}
	cus, err := c.api.Customers.Get(id, &stripe.CustomerParams{Params: common})
	return plainCustomer(cus), c.fault(err)
}

// CustomersByEmail walks through the customers with exactly this address.
// Stripe compares upper and lower case as they were typed.
func (c *Client) CustomersByEmail(ctx context.Context, email string) iter.Seq2[Customer, error] {
	return walk(c, func() *stripe.Iter {
		return c.api.Customers.List(&stripe.CustomerListParams{ListParams: pages(ctx), Email: stripe.String(email)}).Iter
	}, plainCustomer)
}

// Customers walks through all customers, the newest first. Deleted ones and
// those under a test clock are not among them.
func (c *Client) Customers(ctx context.Context) iter.Seq2[Customer, error] {
	return walk(c, func() *stripe.Iter {
		return c.api.Customers.List(&stripe.CustomerListParams{ListParams: pages(ctx)}).Iter
	}, plainCustomer)
}

func plainCustomer(c *stripe.Customer) Customer {
	if c == nil {
		return Customer{}
	}
	out := Customer{
		ID: c.ID, Email: c.Email, Name: c.Name, Balance: c.Balance, Currency: string(c.Currency), Delinquent: c.Delinquent,
		Deleted: c.Deleted, Metadata: metadata(c.Metadata), Created: at(c.Created),
	}
	if c.TestClock != nil {
		out.TestClockID = c.TestClock.ID
	}
	return out
}

// customerID reads a customer that came as an id or as an object.
func customerID(c *stripe.Customer) string {
	if c == nil {
		return ""
	}
	return c.ID
}
