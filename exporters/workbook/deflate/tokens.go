package deflate

// token is a byte, or a match: so many bytes as stood so far before.
type token uint32

const (
	aMatch    token = 1 << 31
	distBits        = 15
	shortest        = 3
	longest         = 258
	farthest        = 1 << distBits
	distsMask       = 1<<distBits - 1
)

func matchOf(length, dist int) token {
	return aMatch | token(length-shortest)<<distBits | token(dist-1)
}

// extra is a code that stands for several numbers: the first, and how many bits behind the code tell which.
type extra struct {
	first uint16
	bits  uint8
}

var (
	lengthExtras [literalCodes - endOfBlock - 1]extra // of lengths less the shortest
	codeOfLength [longest - shortest + 1]uint8
	distExtras   [distCodes]extra // of distances less 1
	codeOfNear   [256]uint8       // of distances up to 256
	codeOfFar    [256]uint8       // of others, by 128
)

func init() {
	first := 0
	for i := range lengthExtras {
		bits := max(0, i/4-1)
		if i == len(lengthExtras)-1 {
			first, bits = longest-shortest, 0
		}
		lengthExtras[i] = extra{uint16(first), uint8(bits)}
		for n := first; n < first+1<<bits && n < len(codeOfLength); n++ {
			codeOfLength[n] = uint8(i)
		}
		first += 1 << bits
	}
	first = 0
	for i := range distExtras {
		bits := max(0, i/2-1)
		distExtras[i] = extra{uint16(first), uint8(bits)}
		for n := first; n < first+1<<bits; n++ {
			if n < len(codeOfNear) {
				codeOfNear[n] = uint8(i)
			} else {
				codeOfFar[n>>7] = uint8(i)
			}
		}
		first += 1 << bits
	}
}

// codeOfDist returns the code of a distance less 1.
func codeOfDist(dist int) uint8 {
	if dist < len(codeOfNear) {
		return codeOfNear[dist]
	}
	return codeOfFar[dist>>7]
}
