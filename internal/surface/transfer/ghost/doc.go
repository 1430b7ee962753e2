// Package ghost reads exports of Ghost: the JSON file of its settings, the
// members' CSV beside it, and a zip of them with content/images.
//
// The JSON mirrors Ghost's tables
// (https://docs.ghost.org/migration/custom): {"db":[{"meta":…,"data":{…}}]},
// with or without the list around it, and in data the tables posts, posts_meta,
// tags, posts_tags, users, posts_authors, products and posts_products, in any
// order. Files have reached hundreds of megabytes, so they are read twice as a
// stream: first everything but the texts, then the posts one by one.
//
// The text is the column html, and where a post has none its Lexical or
// Mobiledoc document as far as that holds words. __GHOST_URL__ stands for the
// site's address. The paywall is the comment that Ghost's card renders as,
// <!--members-only-->. Dates are texts in UTC, in old files milliseconds.
//
// The members' list is described at https://ghost.org/help/import-members/ and
// read by package memberlist. Pages, internal tags and posts that went out by
// mail only have no place here, and are named in the report.
package ghost
