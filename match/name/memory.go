package name

import "sync"

// memory keeps what an index has found out about words of queries: given names
// come again and again, and the words of the list that are like one do not
// change. It changes no answer. Bounded, so that a stream of words that nobody
// bears cannot fill the machine.
type memory struct {
	mu     sync.RWMutex
	tokens map[string]*token // words that are not in the list
	near   map[*token][]nearWord
	words  int // in near, all together
}

const (
	mostTokens = 1 << 16
	mostNear   = 1 << 20 // 8 MB
)

func newMemory() *memory {
	return &memory{tokens: map[string]*token{}, near: map[*token][]nearWord{}}
}

// token gives the one token for a word, so that it is worked out once.
func (m *memory) token(key []byte, text string, k kind, native script) *token {
	m.mu.RLock()
	t := m.tokens[string(key)]
	m.mu.RUnlock()
	if t != nil {
		return t
	}
	t = newToken(text, k, native)
	m.mu.Lock()
	defer m.mu.Unlock()
	if was := m.tokens[string(key)]; was != nil {
		return was
	}
	if len(m.tokens) < mostTokens {
		t.kept = true
		m.tokens[string(key)] = t
	}
	return t
}

// recall appends the words like t, if they are known.
func (m *memory) recall(dst []nearWord, t *token) ([]nearWord, bool) {
	if !t.kept {
		return dst, false
	}
	m.mu.RLock()
	near, ok := m.near[t]
	m.mu.RUnlock()
	return append(dst, near...), ok
}

// keep notes the words like t.
func (m *memory) keep(t *token, near []nearWord) {
	if !t.kept {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, known := m.near[t]; known || len(m.near) >= 2*mostTokens || m.words+len(near) > mostNear {
		return
	}
	m.near[t] = append([]nearWord(nil), near...)
	m.words += len(near)
}
