package report

import (
	"bonafide/record"
)

// say is a phrase in a language, its verbs filled. A phrase that does not
// exist shows its key in brackets; a test keeps that from happening.
func say(l record.Lang, key string, args ...any) string {
	t, ok := phrases[key]
	if !ok {
		return "⟦" + key + "⟧"
	}
	if len(args) > 0 {
		t = t.Say(args...)
	}
	return t.In(l)
}

// phrases are the words of all faces that are not in kinds.go. The candidate
// may read every one of them.
var phrases = map[string]record.Text{
	// heads
	"title":              tx("%s applications, screened %s", "%s Bewerbungen, gesichtet am %s", "%s candidaturas, triagem de %s"),
	"skip":               tx("Skip to the content", "Zum Inhalt springen", "Saltar para o conteúdo"),
	"head none":          tx("None of %s applications needs a person.", "Keine von %s Bewerbungen braucht einen Menschen.", "Nenhuma de %s candidaturas precisa de uma pessoa."),
	"head one":           tx("%s of %s applications needs a person.", "%s von %s Bewerbungen braucht einen Menschen.", "%s de %s candidaturas precisa de uma pessoa."),
	"head many":          tx("%s of %s applications need a person.", "%s von %s Bewerbungen brauchen einen Menschen.", "%s de %s candidaturas precisam de uma pessoa."),
	"head single none":   tx("The application needs nobody’s look.", "Die Bewerbung braucht keinen weiteren Blick.", "A candidatura não precisa de mais nenhuma verificação."),
	"head single":        tx("The one application needs a person.", "Die eine Bewerbung braucht einen Menschen.", "A única candidatura precisa de uma pessoa."),
	"head empty":         tx("No application was read.", "Es wurde keine Bewerbung gelesen.", "Nenhuma candidatura foi lida."),
	"empty advice":       tx("Is it the right file? Lines that could not be read are in the rejects file, with a reason each.", "Ist es die richtige Datei? Zeilen, die sich nicht lesen ließen, stehen mit Grund in der Ausschussdatei.", "É o ficheiro certo? As linhas que não puderam ser lidas estão no ficheiro de rejeições, cada uma com o motivo."),
	"all clear":          tx("All go on with the same steps as everyone in the role.", "Alle gehen mit denselben Schritten weiter wie alle in der Rolle.", "Todas seguem os mesmos passos que qualquer pessoa na função."),
	"open review one":    tx("%s has something for a person to look at.", "Bei %s gibt es etwas, das ein Mensch ansehen soll.", "%s tem algo que uma pessoa deve ver."),
	"open review many":   tx("%s have something for a person to look at.", "Bei %s gibt es etwas, das ein Mensch ansehen soll.", "%s têm algo que uma pessoa deve ver."),
	"open more one":      tx("%s needs one more proof before it goes on.", "%s braucht noch einen Nachweis, bevor es weitergeht.", "%s precisa de mais uma prova antes de prosseguir."),
	"open more many":     tx("%s need one more proof each before they go on.", "%s brauchen je noch einen Nachweis, bevor es weitergeht.", "%s precisam de mais uma prova cada antes de prosseguir."),
	"open question one":  tx("%s question about a possible single operator joins %s of the records.", "%s Frage nach einem möglichen gemeinsamen Betreiber verbindet %s der Datensätze.", "%s pergunta sobre um possível operador único junta %s dos registos."),
	"open question many": tx("%s questions about a possible single operator join %s of the records.", "%s Fragen nach einem möglichen gemeinsamen Betreiber verbinden %s der Datensätze.", "%s perguntas sobre um possível operador único juntam %s dos registos."),
	"open nobody":        tx("Nobody was turned down by this report: it observes, people decide.", "Niemand wurde durch diesen Bericht abgelehnt: Er beobachtet, Menschen entscheiden.", "Ninguém foi recusado por este relatório: ele observa, as pessoas decidem."),
	"applications":       tx("%s applications", "%s Bewerbungen", "%s candidaturas"),
	"application":        tx("%s application", "%s Bewerbung", "%s candidatura"),
	"screened":           tx("screened %s", "gesichtet am %s", "triagem de %s"),
	"policy":             tx("policy: %s", "Regeln: %s", "regras: %s"),
	"files more":         tx("%s and %s more files", "%s und %s weitere Dateien", "%s e mais %s ficheiros"),

	// the fine print under the counts
	"rejected one":  tx("One line could not be read and was left out.", "Eine Zeile ließ sich nicht lesen und wurde ausgelassen.", "Uma linha não pôde ser lida e ficou de fora."),
	"rejected many": tx("%s lines could not be read and were left out.", "%s Zeilen ließen sich nicht lesen und wurden ausgelassen.", "%s linhas não puderam ser lidas e ficaram de fora."),
	"merge one":     tx("One record says that the same person applied before; that is a question of merging and counts for nothing.", "Ein Datensatz sagt, dass dieselbe Person sich schon beworben hat; das ist eine Frage der Zusammenführung und zählt nicht.", "Um registo diz que a mesma pessoa já se candidatou; é uma questão de fusão e não conta para nada."),
	"merge many":    tx("%s records say that the same person applied before; that is a question of merging and counts for nothing.", "%s Datensätze sagen, dass dieselbe Person sich schon beworben hat; das ist eine Frage der Zusammenführung und zählt nicht.", "%s registos dizem que a mesma pessoa já se candidatou; é uma questão de fusão e não conta para nada."),
	"earlier":       tx("Compared with %s records of earlier inputs as well.", "Auch mit %s Datensätzen früherer Eingaben verglichen.", "Comparado também com %s registos de entradas anteriores."),

	// operator questions
	"questions":      tx("Operator questions", "Fragen nach dem Betreiber", "Perguntas sobre o operador"),
	"questions sub":  tx("Different names, shared means. Each asks: is this one operator, a household, or an agency?", "Verschiedene Namen, geteilte Mittel. Jede fragt: Ist das ein einziger Betreiber, ein Haushalt oder eine Agentur?", "Nomes diferentes, meios partilhados. Cada uma pergunta: trata-se de um único operador, de um agregado familiar ou de uma agência?"),
	"question":       tx("Question %d", "Frage %d", "Pergunta %d"),
	"one question":   tx("Operator question", "Frage nach dem Betreiber", "Pergunta sobre o operador"),
	"in question":    tx("operator question %d", "Frage %d nach dem Betreiber", "pergunta %d sobre o operador"),
	"names":          tx("%s names", "%s Namen", "%s nomes"),
	"rarity":         tx("on %s of %s", "bei %s von %s", "em %s de %s"),
	"sentences":      tx("%s sentences", "%s Sätze", "%s frases"),
	"days":           tx("%s days", "%s Tage", "%s dias"),
	"items":          tx("%s entries", "%s Einträge", "%s entradas"),
	"who shares":     tx("Who shares what", "Wer was teilt", "Quem partilha o quê"),
	"what is shared": tx("Shared", "Geteilt", "Partilhado"),
	"shares":         tx("shares", "teilt", "partilha"),
	"not drawn":      tx("%s more records in this question are not drawn.", "%s weitere Datensätze dieser Frage sind nicht gezeichnet.", "Mais %s registos desta pergunta não estão desenhados."),
	"rows more":      tx("%s more shared values are not drawn.", "%s weitere geteilte Werte sind nicht gezeichnet.", "Mais %s valores partilhados não estão desenhados."),
	"no picture":     tx("The shared values were compared with earlier inputs and are named in each case.", "Die geteilten Werte wurden mit früheren Eingaben verglichen und stehen in jedem Fall.", "Os valores partilhados foram comparados com entradas anteriores e constam de cada caso."),
	"questions more": tx("%s more questions are in the result lines (--format jsonl, field cluster).", "%s weitere Fragen stehen in den Ergebniszeilen (--format jsonl, Feld cluster).", "Mais %s perguntas estão nas linhas de resultado (--format jsonl, campo cluster)."),
	"ask apart":      tx("Each person is asked alone and hears nothing of the others.", "Jede Person wird für sich gefragt und erfährt nichts von den anderen.", "Cada pessoa é questionada à parte e nada sabe das outras."),

	// cases
	"cases":        tx("Cases", "Fälle", "Casos"),
	"cases none":   tx("No case waits for a person.", "Kein Fall wartet auf einen Menschen.", "Nenhum caso espera por uma pessoa."),
	"cases sub":    tx("By assessment, then oldest first. There is no other order among people.", "Nach Einschätzung, dann älteste zuerst. Eine andere Ordnung unter Menschen gibt es nicht.", "Por avaliação, depois os mais antigos primeiro. Não há outra ordem entre pessoas."),
	"cases more":   tx("%s more cases are not on this page. The result lines hold them all (--format jsonl), and “bonafide explain” prints any of them.", "%s weitere Fälle stehen nicht auf dieser Seite. Die Ergebniszeilen enthalten alle (--format jsonl), und „bonafide explain“ druckt jeden davon.", "Mais %s casos não estão nesta página. As linhas de resultado contêm-nos todos (--format jsonl), e “bonafide explain” imprime qualquer um."),
	"cases shown":  tx("%s, the oldest %s shown", "%s, gezeigt sind die ältesten %s", "%s, mostrados os %s mais antigos"),
	"oldest first": tx("%s, oldest first", "%s, älteste zuerst", "%s, mais antigos primeiro"),
	"show":         tx("Show", "Zeigen", "Mostrar"),
	"family":       tx("Family", "Familie", "Família"),
	"all":          tx("all %s", "alle %s", "todos, %s"),
	"every":        tx("every", "jede", "todas"),
	"filter one":   tx("with an operator question, %s", "mit Frage nach dem Betreiber, %s", "com pergunta sobre o operador, %s"),
	"nothing fits": tx("No case fits both choices.", "Kein Fall passt zu beiden Auswahlen.", "Nenhum caso corresponde às duas escolhas."),
	"received":     tx("received %s", "eingegangen am %s", "recebida em %s"),
	"chain":        tx("Chain of identity", "Kette der Identität", "Cadeia de identidade"),
	"because":      tx("Because: %s", "Grund: %s", "Motivo: %s"),
	"refused":      tx("a required step was refused (%s)", "ein verlangter Schritt wurde abgelehnt (%s)", "um passo exigido foi recusado (%s)"),
	"and":          tx("and", "und", "e"),

	"finding conclusive":  tx("%s conclusive finding in %s", "%s feststehender Befund in %s", "%s observação conclusiva em %s"),
	"findings conclusive": tx("%s conclusive findings in %s", "%s feststehende Befunde in %s", "%s observações conclusivas em %s"),
	"finding strong":      tx("%s strong finding in %s", "%s starker Befund in %s", "%s observação forte em %s"),
	"findings strong":     tx("%s strong findings in %s", "%s starke Befunde in %s", "%s observações fortes em %s"),
	"finding supporting":  tx("%s supporting finding in %s", "%s stützender Befund in %s", "%s observação complementar em %s"),
	"findings supporting": tx("%s supporting findings in %s", "%s stützende Befunde in %s", "%s observações complementares em %s"),

	"findings":       tx("Findings", "Befunde", "Observações"),
	"no findings":    tx("No check has anything to show.", "Keine Prüfung hat etwas zu zeigen.", "Nenhuma verificação tem algo a mostrar."),
	"evidence":       tx("Evidence", "Beleg", "Prova"),
	"compared":       tx("compared with %s", "verglichen mit %s", "comparado com %s"),
	"in list":        tx("list %s", "Liste %s", "lista %s"),
	"on day":         tx("on %s", "am %s", "em %s"),
	"innocent":       tx("Could be innocent", "Harmlos, wenn", "Pode ser inocente"),
	"clears":         tx("What clears it", "Was es klärt", "O que o esclarece"),
	"ask":            tx("Ask next", "Als Nächstes", "Pedir a seguir"),
	"lowered":        tx("Weighs less", "Zählt weniger", "Pesa menos"),
	"check":          tx("Check", "Prüfung", "Verificação"),
	"failed":         tx("failed", "fehlgeschlagen", "falhou"),
	"cleared":        tx("cleared by %s; shown, not counted", "geklärt durch %s; gezeigt, nicht gezählt", "esclarecido por %s; mostrado, não contado"),
	"weak one":       tx("and one weak finding, never counted", "und ein schwacher Befund, wird nie gezählt", "e uma observação fraca, nunca contada"),
	"weak many":      tx("and %s weak findings, never counted", "und %s schwache Befunde, werden nie gezählt", "e %s observações fracas, nunca contadas"),
	"weak fold one":  tx("one more finding, never counted", "ein weiterer Befund, wird nie gezählt", "mais uma observação, nunca contada"),
	"weak fold many": tx("%s more findings, never counted", "%s weitere Befunde, werden nie gezählt", "mais %s observações, nunca contadas"),
	"cleared is":     tx("Cleared", "Geklärt", "Esclarecido"),
	"speaks for":     tx("What speaks for the person", "Was für die Person spricht", "O que fala a favor da pessoa"),
	"assured":        tx("%s confirmed by %s", "%s bestätigt durch %s", "%s: confirmado por %s"),
	"assured alone":  tx("Confirmed by %s", "Bestätigt durch %s", "Confirmado por %s"),
	"assured clears": tx("clears %s", "klärt %s", "esclarece %s"),
	"confirmed are":  tx("Confirmed", "Bestätigt", "Confirmado"),
	"open are":       tx("In question", "Zu klären", "Por esclarecer"),

	"looked at":       tx("What was looked at", "Was geprüft wurde", "O que foi verificado"),
	"looked counts":   tx("%s clear, %s without data, %s not applicable", "%s unauffällig, %s ohne Daten, %s nicht anwendbar", "%s sem observações, %s sem dados, %s não aplicáveis"),
	"clear":           tx("Clear", "Unauffällig", "Sem observações"),
	"no data":         tx("No data: neither good nor bad", "Keine Daten: spricht weder dafür noch dagegen", "Sem dados: não pesa a favor nem contra"),
	"not applicable":  tx("Not applicable", "Nicht anwendbar", "Não aplicável"),
	"not in force":    tx("Not in force on the day", "Am Tag nicht in Kraft", "Não em vigor no dia"),
	"shared with":     tx("Shared with other records", "Mit anderen Datensätzen geteilt", "Partilhado com outros registos"),
	"weighed":         tx("Why it is shown with others", "Warum er mit anderen gezeigt wird", "Porque é mostrado com outros"),
	"weighed means":   tx("In bits: +1 doubles the odds that one operator stands behind the two. It is a sum about two records, not about a person.", "In Bit: +1 verdoppelt die Aussicht, dass ein Betreiber hinter beiden steht. Die Summe gilt zwei Datensätzen, keinem Menschen.", "Em bits: +1 duplica a probabilidade relativa de um só operador estar por trás dos dois. A soma é sobre dois registos, não sobre uma pessoa."),
	"weighed with":    tx("With %s: %s bits", "Mit %s: %s Bit", "Com %s: %s bits"),
	"weighed decided": tx("decided by a person: %s", "von einem Menschen entschieden: %s", "decidido por uma pessoa: %s"),
	"weighed prior":   tx("Two records out of all", "Zwei von allen Datensätzen", "Dois registos entre todos"),
	"weighed sum":     tx("Together", "Zusammen", "No total"),
	"weighed told":    tx("%s alone, less beside its own family", "%s für sich, weniger neben der eigenen Familie", "%s por si só, menos ao lado da própria família"),
	"weighed part":    tx("a part of the picture", "ein Ausschnitt des Bildes", "uma parte da imagem"),
	"weighed shares":  tx("%s pairs of one operator share one, %s pairs of strangers", "%s Paaren eines Betreibers teilt so etwas, %s Paaren von Fremden", "%s pares de um operador partilham algo assim, %s pares de estranhos"),
	"one in":          tx("1 in %s", "1 von %s", "1 em %s"),
	"same as":         tx("as in %s", "wie in %s", "como em %s"),

	// routine
	"routine sub":   tx("Every check that could run came back clear, weak or not enough.", "Jede Prüfung, die laufen konnte, war unauffällig, schwach oder nicht genug.", "Cada verificação possível ficou sem observações, fraca ou insuficiente."),
	"record":        tx("Record", "Datensatz", "Registo"),
	"name":          tx("Name", "Name", "Nome"),
	"role":          tx("Role", "Rolle", "Função"),
	"ran":           tx("Ran", "Gelaufen", "Realizadas"),
	"without data":  tx("Without data", "Ohne Daten", "Sem dados"),
	"none in force": tx("no check was in force on the day received", "am Eingangstag war keine Prüfung in Kraft", "no dia de receção nenhuma verificação estava em vigor"),
	"shipped":       tx("shipped, version %s", "mitgeliefert, Version %s", "fornecidas, versão %s"),
	"check one":     tx("one check", "eine Prüfung", "uma verificação"),
	"check many":    tx("%s checks", "%s Prüfungen", "%s verificações"),
	"shown one":     tx("one finding not enough", "ein Befund, der nicht reicht", "uma observação insuficiente"),
	"shown many":    tx("%s findings not enough", "%s Befunde, die nicht reichen", "%s observações insuficientes"),
	"routine none":  tx("No record is routine.", "Kein Datensatz ist im Regelablauf.", "Nenhum registo segue o percurso normal."),
	"routine more":  tx("%s more routine records are in the result lines (--format jsonl or csv).", "%s weitere Datensätze im Regelablauf stehen in den Ergebniszeilen (--format jsonl oder csv).", "Mais %s registos do percurso normal estão nas linhas de resultado (--format jsonl ou csv)."),

	// the end of a page
	"lists":         tx("Lists used", "Benutzte Listen", "Listas usadas"),
	"lists none":    tx("No list was given; checks that need one say “no data”.", "Es wurde keine Liste angegeben; Prüfungen, die eine brauchen, sagen „keine Daten“.", "Não foi indicada nenhuma lista; as verificações que precisam de uma dizem “sem dados”."),
	"stale":         tx("out of date, its findings count one class less", "veraltet, ihre Befunde zählen eine Stufe weniger", "desatualizada, as suas observações contam uma classe a menos"),
	"missing":       tx("Not given, so their checks say “no data”: %s.", "Nicht angegeben, deshalb sagen ihre Prüfungen „keine Daten“: %s.", "Não indicadas, por isso as suas verificações dizem “sem dados”: %s."),
	"not this":      tx("What this is not", "Was dies nicht ist", "O que isto não é"),
	"not this text": tx("There is no score of a person, no ranking and no automatic rejection. “Without data” speaks neither for nor against anyone.", "Es gibt keine Punktzahl für Menschen, keine Rangfolge und keine automatische Ablehnung. „Ohne Daten“ spricht für niemanden und gegen niemanden.", "Não há pontuação de pessoas, nem ordenação, nem recusa automática. “Sem dados” não fala a favor nem contra ninguém."),
	"about":         tx("About this file", "Über diese Datei", "Sobre este ficheiro"),
	"about text":    tx("It holds personal data and makes no request to any network. Same records, same lists, same policy: same bytes.", "Sie enthält personenbezogene Daten und fragt kein Netzwerk an. Gleiche Datensätze, gleiche Listen, gleiche Regeln: gleiche Bytes.", "Contém dados pessoais e não faz pedidos a nenhuma rede. Os mesmos registos, as mesmas listas, as mesmas regras: os mesmos bytes."),
	"problems":      tx("Of the machine", "Von der Maschine", "Da máquina"),
	"version":       tx("Made by %s.", "Erstellt mit %s.", "Feito com %s."),
	"all in":        tx("All of it, case by case: --format html, or bonafide explain RESULTS RECORD.", "Alles, Fall für Fall: --format html, oder bonafide explain ERGEBNISSE DATENSATZ.", "Tudo, caso a caso: --format html, ou bonafide explain RESULTADOS REGISTO."),

	// the catalogue of checks
	"catalogue":        tx("Checks", "Prüfungen", "Verificações"),
	"catalogue title":  tx("What is observed", "Was beobachtet wird", "O que é observado"),
	"catalogue text":   tx("The %s checks of bonafide, printed from the catalogue by `bonafide checks --markdown`. A check observes; it does not judge. The strength is the most a finding can be: how common a shared value is, a stale list or an honest reason in sight lower it.", "Die %s Prüfungen von bonafide, aus dem Katalog gedruckt mit `bonafide checks --markdown`. Eine Prüfung beobachtet; sie urteilt nicht. Die Stärke ist das Höchste, was ein Befund sein kann: wie verbreitet ein geteilter Wert ist, eine veraltete Liste oder ein ehrlicher Grund in Sicht senken sie.", "As %s verificações do bonafide, impressas a partir do catálogo com `bonafide checks --markdown`. Uma verificação observa; não julga. A força é o máximo que uma observação pode ter: um valor muito comum, uma lista desatualizada ou uma razão honesta à vista baixam-na."),
	"checks count":     tx("%s checks.", "%s Prüfungen.", "%s verificações."),
	"checks more":      tx("bonafide checks show ID prints all of one.", "bonafide checks show ID zeigt alles über eine.", "bonafide checks show ID mostra tudo sobre uma."),
	"family shared":    tx("of the value that is shared", "des geteilten Werts", "do valor partilhado"),
	"strength at most": tx("Strength at most", "Höchstens", "No máximo"),
	"stages":           tx("Stages", "Schritte", "Etapas"),
	"questions link":   tx("Questions", "Stellt infrage", "Questiona"),
	"link none":        tx("no link of the chain by itself", "für sich kein Glied der Kette", "por si só, nenhum elo da cadeia"),
	"reads":            tx("Reads", "Liest", "Lê"),
	"wrongly hit":      tx("Wrongly hit", "Zu Unrecht trifft es", "Atinge sem razão"),
	"sources":          tx("Sources", "Quellen", "Fontes"),
	"legal basis":      tx("Legal basis", "Rechtsgrundlage", "Base legal"),
	"in force":         tx("In force", "In Kraft", "Em vigor"),
	"since":            tx("since %s", "seit %s", "desde %s"),
	"until":            tx("until %s", "bis %s", "até %s"),
	"check version":    tx("Version", "Version", "Versão"),
}
