module github.com/segmentio/encoding

go 1.26
