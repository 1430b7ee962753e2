package stripeapi

import (
	"context"
	"iter"
	"time"

	"github.com/stripe/stripe-go/v76"

	"lighttrends/internal/platform/fault"
)

// Product is what is sold, without its price.
type Product struct {
	ID          string
	Name        string
	Description string
	Active      bool
	Metadata    map[string]string
	Created     time.Time
	Updated     time.Time
}

// ProductInput describes a product to create or to find.
type ProductInput struct {
	Name        string
	Description string
	Metadata    map[string]string
}

// ProductChange holds what to change; nil leaves a field as it is. Metadata
// is merged by key, an empty value removes its key.
type ProductChange struct {
	Name        *string
	Description *string
	Active      *bool
	Metadata    map[string]string
}

// EnsureProduct finds the active product whose metadata has ref set to value,
// or creates it with that mark. Finding goes through the product list, which
// is consistent at once; Stripe's search lags behind its writes
// (https://docs.stripe.com/search#data-freshness). A found product is returned
// as it is: UpdateProduct changes it.
func (c *Client) EnsureProduct(ctx context.Context, key, ref, value string, in ProductInput) (Product, error) {
	if ref == "" || value == "" {
		return Product{}, fault.New(fault.Internal, CodeInvalidRequest, "A product is found by a metadata key and a value.")
	}
	for p, err := range c.Products(ctx, true) {
		if err != nil {
			return Product{}, err
		}
		if p.Metadata[ref] == value {
			return p, nil
		}
	}
	marked := map[string]string{}
	for k, v := range in.Metadata {
		marked[k] = v
	}
	marked[ref] = value
	in.Metadata = marked
	return c.CreateProduct(ctx, key, in)
}

// CreateProduct makes a product.
func (c *Client) CreateProduct(ctx context.Context, key string, in ProductInput) (Product, error) {
	common, err := write(ctx, key)
	if err != nil {
		return Product{}, err
	}
	p, err := c.api.Products.New(&stripe.ProductParams{
		Params: common, Name: stripe.String(in.Name), Description: text(in.Description), Metadata: in.Metadata,
	})
	return plainProduct(p), c.fault(err)
}

// UpdateProduct changes a product.
func (c *Client) UpdateProduct(ctx context.Context, key, id string, change ProductChange) (Product, error) {
	common, err := write(ctx, key, id)
	if err != nil {
		return Product{}, err
	}
	p, err := c.api.Products.Update(id, &stripe.ProductParams{
		Params: common, Name: change.Name, Description: change.Description, Active: change.Active, Metadata: change.Metadata,
	})
	return plainProduct(p), c.fault(err)
}

// ArchiveProduct takes a product off the shelf. Subscriptions keep running.
func (c *Client) ArchiveProduct(ctx context.Context, key, id string) (Product, error) {
	return c.UpdateProduct(ctx, key, id, ProductChange{Active: stripe.Bool(false)})
}

// Product fetches one product, archived or not.
func (c *Client) Product(ctx context.Context, id string) (Product, error) {
	common, err := read(ctx, id)
	if err != nil {
		return Product{}, err
	}
	p, err := c.api.Products.Get(id, &stripe.ProductParams{Params: common})
	return plainProduct(p), c.fault(err)
}

// Products walks through all products, newest first.
func (c *Client) Products(ctx context.Context, activeOnly bool) iter.Seq2[Product, error] {
	return walk(c, func() *stripe.Iter {
		q := &stripe.ProductListParams{ListParams: pages(ctx)}
		if activeOnly {
			q.Active = stripe.Bool(true)
		}
		return c.api.Products.List(q).Iter
	}, plainProduct)
}

func plainProduct(p *stripe.Product) Product {
	if p == nil {
		return Product{}
	}
	return Product{
		ID: p.ID, Name: p.Name, Description: p.Description, Active: p.Active,
		Metadata: metadata(p.Metadata), Created: at(p.Created), Updated: at(p.Updated),
	}
}
