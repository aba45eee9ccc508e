# attack: names for which a pattern has to be tried at every place
# expect: status=ok stdout=contained files=none
# request: {"files_out": ["**/*a*a*a*a*a*a*a*a*a*a*a*a*b", "**/**/**/**/**/*aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab"]}
# needs: files
import os
os.makedirs("/".join(["a" * 50] * 20))
for n in range(5000):
    os.close(os.open("/".join(["a" * 50] * 20) + "/" + "a" * 200 + str(n), os.O_CREAT))
print("contained")
