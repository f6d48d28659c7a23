package store

import (
	"encoding/binary"
	"time"

	"bonafide/record"
)

// A block is settled events of one subject, packed and sealed as one value. They
// are written column by column, because what is alike packs well beside its like;
// the seal, the row and its keys are paid for once.

const (
	blockMost  = 128       // events of a block
	blockBytes = 256 << 10 // of a block before it is packed, unless one event alone is larger
	blockPage  = 16        // blocks read at a time
	block1     = 1         // first byte of what is sealed: the form
)

var errBlock = &record.Error{Code: record.CodeInternal, Where: "event_blocks", Message: "does not read back as it was written"}

// cutBlocks shares events, in their order, among as few blocks as hold them, all
// about as large.
func cutBlocks(all []Event) (blocks [][]Event) {
	pieces := (len(all) + blockMost - 1) / blockMost
	for ; pieces > 0; pieces-- {
		part := all[:(len(all)+pieces-1)/pieces]
		all = all[len(part):]
		from, size := 0, 0
		for i := range part {
			n := len(part[i].Body) + len(part[i].Key) + len(part[i].Source) + len(part[i].Kind)
			if i > from && size+n > blockBytes {
				blocks, from, size = append(blocks, part[from:i]), i, 0
			}
			size += n
		}
		blocks = append(blocks, part[from:])
	}
	return blocks
}

// packEvents writes events; own says of which the id has to be kept.
func packEvents(all []Event, own func(*Event) bool) []byte {
	b := binary.AppendUvarint(nil, uint64(len(all)))
	text := func(s string) {
		b = binary.AppendUvarint(b, uint64(len(s)))
		b = append(b, s...)
	}
	last := int64(0)
	for i := range all {
		at := micros(all[i].At)
		b = binary.AppendVarint(b, at-last)
		last = at
	}
	for i := range all {
		b = binary.AppendVarint(b, micros(all[i].Stored)-micros(all[i].At))
	}
	for i := range all {
		text(all[i].Kind)
	}
	for i := range all {
		text(all[i].Source)
	}
	for i := range all {
		if own(&all[i]) {
			text(all[i].ID)
		} else {
			text("")
		}
	}
	for i := range all {
		text(all[i].Key)
	}
	for i := range all {
		text(string(all[i].Body))
	}
	return b
}

// unpackEvents reads what packEvents wrote; an ID that was not kept is empty.
func unpackEvents(b []byte) ([]Event, error) {
	ok := true
	number := func() int64 {
		n, size := binary.Varint(b)
		if size <= 0 {
			ok, b = false, nil
			return 0
		}
		b = b[size:]
		return n
	}
	text := func() []byte {
		n, size := binary.Uvarint(b)
		if size <= 0 || n > uint64(len(b)-size) {
			ok, b = false, nil
			return nil
		}
		s := b[size : size+int(n) : size+int(n)]
		b = b[size+int(n):]
		return s
	}
	count, size := binary.Uvarint(b)
	if size <= 0 || count > uint64(len(b)) { // each has some bytes: a number that lies costs nothing
		return nil, errBlock
	}
	b = b[size:]
	all := make([]Event, count)
	at := make([]int64, count)
	last := int64(0)
	for i := range all {
		last += number()
		at[i], all[i].At = last, moment(last)
	}
	for i := range all {
		all[i].Stored = moment(at[i] + number())
	}
	for i := range all {
		all[i].Kind = string(text())
	}
	for i := range all {
		all[i].Source = string(text())
	}
	for i := range all {
		all[i].ID = string(text())
	}
	for i := range all {
		all[i].Key = string(text())
	}
	for i := range all {
		all[i].Body = text()
	}
	if !ok || len(b) > 0 {
		return nil, errBlock
	}
	return all, nil
}

// saveBlock seals events, in order of time, as one block.
func (t *Tx) saveBlock(subject string, all []Event) error {
	var failed error
	plain := packEvents(all, func(e *Event) bool {
		blind, err := t.eventBlind(e.Source, e.Key)
		if err != nil {
			failed = err
			return true
		}
		return e.ID != eventID(blind)
	})
	if failed != nil {
		return failed
	}
	id := NewID()
	sealed, err := t.seal(subject, t.store.pack.EncodeAll(plain, []byte{block1}), "event_blocks", id)
	if err != nil {
		return err
	}
	_, err = t.quiet("insert into event_blocks (tenant, subject, first_at, id, events, sealed) values ($1,$2,$3,$4,$5,$6)",
		subject, micros(all[0].At), id, int64(len(all)), sealed)
	return err
}

// openBlock opens the events of a block.
func (t *Tx) openBlock(subject, id string, sealed []byte) ([]Event, error) {
	packed, err := t.open(subject, sealed, "event_blocks", id)
	if err != nil {
		return nil, err
	}
	if len(packed) == 0 || packed[0] != block1 {
		return nil, errBlock
	}
	plain, err := t.store.unpack.DecodeAll(packed[1:], nil)
	if err != nil {
		return nil, errBlock
	}
	all, err := unpackEvents(plain)
	if err != nil {
		return nil, err
	}
	for i := range all {
		e := &all[i]
		e.Subject = subject
		if e.ID == "" {
			blind, err := t.eventBlind(e.Source, e.Key)
			if err != nil {
				return nil, err
			}
			e.ID = eventID(blind)
		}
	}
	return all, nil
}

type sealedBlock struct {
	first  int64
	id     string
	events int64
	sealed []byte
}

func readBlock(s scan) (b sealedBlock, err error) {
	err = s(&b.first, &b.id, &b.events, &b.sealed)
	return b, err
}

// eachBlock opens the blocks of a subject, that which begins earliest first,
// until read says enough. A few are read at a time: some people have very many.
func (t *Tx) eachBlock(subject string, read func(first time.Time, events []Event) (more bool)) error {
	from, id := int64(-1<<63), ""
	for {
		page, err := collect(t, "select first_at, id, events, sealed from event_blocks where tenant = $1 and subject = $2 and (first_at, id) > ($3, $4) order by first_at, id limit $5",
			readBlock, subject, from, id, int64(blockPage))
		if err != nil {
			return err
		}
		for _, b := range page {
			events, err := t.openBlock(subject, b.id, b.sealed)
			if err != nil {
				return err
			}
			if !read(moment(b.first), events) {
				return nil
			}
		}
		if len(page) < blockPage {
			return nil
		}
		from, id = page[len(page)-1].first, page[len(page)-1].id
	}
}
