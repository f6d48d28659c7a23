package link

// Learn is what Build learns, without saying what was found of anybody, which needs most of the memory. Nothing can be asked of the
// builder afterwards.
func (b *Builder) Learn() *Climate {
	e, pairs := b.evaluate()
	if b.climate == nil {
		e.everyday(pairs)
	}
	e.refer() // says how daily circles of referees are
	e.keepClimate()
	return e.g.climate
}

// Watch names a function that is told what is being done while a graph is built.
func (b *Builder) Watch(step func(what string)) { b.watch = step }

func (b *Builder) step(what string) {
	if b.watch != nil {
		b.watch(what)
	}
}
