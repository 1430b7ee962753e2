package kit

import "github.com/gofiber/fiber/v2"

// Step is what is done before a request is answered, such as finding out who
// asks. An error ends it there and is the answer.
type Step func(c *fiber.Ctx) error

// After is a handler that takes steps, in their order, before it answers with h.
// As handlers of Fiber's, each of them would stand around all that follow, for
// every request.
func After(steps []Step, h fiber.Handler) fiber.Handler {
	return func(c *fiber.Ctx) error {
		if err := take(c, steps); err != nil {
			return err
		}
		return h(c)
	}
}

// Steps is a handler that takes steps and leaves the answer to the one behind it.
func Steps(list ...Step) fiber.Handler {
	return After(list, func(c *fiber.Ctx) error { return c.Next() })
}

func take(c *fiber.Ctx, list []Step) error {
	for _, step := range list {
		if err := step(c); err != nil {
			return err
		}
	}
	return nil
}
