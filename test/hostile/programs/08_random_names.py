# attack: guesses names of temporary files
# expect: status=ok fresh=stdout
# repeat: 4
import tempfile, os
print(os.path.basename(tempfile.mkdtemp()))
