# attack: foretells the order of other people's sets by the hashes that it saw
# expect: status=ok fresh=stdout
# needs: hash_seed
# repeat: 3
print(hash("a"), hash(b"a"), hash("playground"))
